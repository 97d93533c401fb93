using System.CommandLine;
using System.Globalization;

namespace Cartridge.Cli;

/// <summary><c>cart send</c>: writes content as a stream.</summary>
internal static class SendCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var from = new Option<string?>("--from") { HelpName = "NAME", Description = "The snapshot that the receiver has the content of; only what is different is sent." };
        var to = new Option<string?>("--to") { HelpName = "NAME", Description = "The snapshot to send. By default the current content." };
        var skip = new Option<long>("--skip") { HelpName = "BYTES", Description = "Leaves out what the receiver has of this very stream already." };
        skip.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= 0))
            {
                result.AddError("--skip takes a number of bytes");
            }
        });
        var sum = TransferSum.Option();
        return new CartCommand("send", "Writes the content of a container, or what is different in it, to standard output.")
        {
            Arguments = { file },
            Options = { from, to, skip, sum },
            Examples =
            [
                new("cart send site.cart > site.stream", "all of it"),
                new("cart send site.cart --from monday --to tuesday | ssh other cart receive site.cart", "what tuesday has and monday had not"),
                new("cart send site.cart --skip 1048576 | cart receive copy.cart --resume", "the rest of a stream that was cut"),
            ],
            Remarks =
                """
                The stream is plain text to everybody who gets hold of it, even that of an encrypted container, which needs its key:
                encrypt the way it takes. Containers with the same content give the same full stream, whatever their layout; its
                SHA-256 is what 'cart hash --content' shows. Slug, title and names of snapshots are not sent.
                A delta is made from the nodes that the two states do not share. To name its base, all of the earlier state is
                read once, unless --sum has kept the sum of it.
                """,
        }.Does(result => Send(session, result.GetRequiredValue(file), (result.GetValue(from), result.GetValue(to)), result.GetValue(skip), result.GetValue(sum)));
    }

    private static ExitCode Send(Session session, string file, (string? From, string? To) names, long skip, string? sumFile)
    {
        if (session.IsWatched)
        {
            throw CliFailure.Usage("the stream is nothing to look at: send it to a file or another program");
        }

        var sum = TransferSum.Read(sumFile);
        return Containers.Read(session, file, container =>
        {
            foreach (var name in new[] { names.From, names.To }.OfType<string>())
            {
                SnapshotWord.Open(container, file, name).Dispose();
            }

            using var output = new BufferedStream(new SkippingStream(session.OutputBytes, skip), 1 << 20);
            var summary = container.Send(output, names.From, names.To, sum);
            output.Flush();
            if (summary.Bytes < skip)
            {
                throw CliFailure.Usage($"--skip {skip}: the stream has only {summary.Bytes} bytes");
            }

            TransferSum.Write(sumFile, summary.Sum);
            return ExitCode.Fine;
        },
        needsContent: true);
    }

    /// <summary>Passes on what comes behind the first bytes.</summary>
    private sealed class SkippingStream(Stream output, long skip) : OutputStream
    {
        private long _left = skip;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var dropped = (int)Math.Min(_left, buffer.Length);
            _left -= dropped;
            output.Write(buffer[dropped..]);
        }

        public override void Flush() => output.Flush();
    }
}
