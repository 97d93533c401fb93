using System.CommandLine;
using System.Globalization;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart receive</c>: brings a container to the content that a stream carries.</summary>
internal static class ReceiveCommand
{
    /// <summary>What is put behind a container's name for the name of a stream that is not whole yet.</summary>
    public const string Ending = ".incoming";

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File("The container. A full stream may make it.");
        var snapshot = new Option<string?>("--snapshot") { HelpName = "NAME", Description = "Makes a snapshot of the result, in the same commit." };
        var resume = new Option<bool>("--resume") { Description = "Goes on behind what was kept of a stream that was cut." };
        var staged = new Option<bool>("--staged") { Description = "Only says how many bytes are kept, for the sender's --skip." };
        var sum = TransferSum.Option();
        var wait = Common.Wait();
        var json = Common.Json();
        return new CartCommand("receive", "Brings a container to the content that a stream from standard input carries.")
        {
            Arguments = { file },
            Options = { snapshot, resume, staged, sum, wait, json },
            Examples =
            [
                new("cart receive copy.cart < site.stream", "makes copy.cart, or fills it if it is empty"),
                new("cart receive copy.cart --snapshot tuesday < tuesday.delta", "brings it from monday to tuesday"),
                new("cart send site.cart --skip $(cart receive copy.cart --staged) | cart receive copy.cart --resume", "goes on where a stream was cut"),
            ],
            Remarks =
                """
                All of the stream becomes one commit, or nothing of it. Until it is whole it is kept beside the container, as
                FILE.incoming, for your eyes alone, and proved record by record; of one that was cut or altered on the way stays
                what is sound. It is removed when it has been received.
                A full stream goes into a container without entries; a delta onto exactly the content that it was made from, which
                is compared by hash (transfer.wrong-base), and the result is, too (transfer.wrong-result). For a delta all of the
                container is read once, unless --sum has kept the sum of it. What goes into an encrypted container is encrypted;
                make one with 'cart create --encrypt' before. The hashes find damage; they do not say who sent the stream.
                """,
        }.Does(result => Receive(session, result.GetRequiredValue(file), new Wishes(
            result.GetValue(snapshot), result.GetValue(resume), result.GetValue(staged), result.GetValue(sum), result.GetValue(wait), result.GetValue(json))));
    }

    private static ExitCode Receive(Session session, string file, Wishes wishes)
    {
        var kept = file + Ending;
        if (wishes.Staged)
        {
            return Tell(session, file, wishes, new TransferProgress(false, File.Exists(kept) ? Take(Stream.Null, kept, resumes: true).Bytes : 0));
        }

        _ = TransferSum.Read(wishes.Sum);
        using var interruption = new Interruption("nothing was changed; what came of the stream is kept for 'cart receive --resume'");
        interruption.Begin();
        var work = new Work(session.Status, $"receiving {Path.GetFileName(file)}", interruption);
        work.Begin();

        // A sender that has to be told by --staged where to go on has us waiting here; until it sends, nobody has the file.
        using var input = new NamedStream(new BegunInput(new PatientInput(session.Input, interruption)), "standard input", work);
        var progress = Take(input, kept, wishes.Resume);
        if (!progress.IsWhole)
        {
            Tell(session, file, wishes, progress);
            throw new CliFailure(ExitCode.Invalid, $"{file}: the stream was cut; nothing was changed, and {progress.Bytes} bytes of it are kept for 'cart send --skip {progress.Bytes}' and 'cart receive --resume'");
        }

        using (var stream = File.OpenRead(kept))
        {
            using var watched = new NamedStream(stream, kept, work);
            var summary = Apply(session, file, watched, wishes);
            session.Status.Erase();
            TransferSum.Write(wishes.Sum, summary.Sum);
            Tell(session, file, wishes, summary);
        }

        File.Delete(kept);
        return ExitCode.Fine;
    }

    private static TransferProgress Take(Stream input, string kept, bool resumes)
    {
        // It is content, and plain: nobody else's business, even if the container is.
        var options = new FileStreamOptions { Mode = resumes ? FileMode.OpenOrCreate : FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 20 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var staged = new FileStream(kept, options);
        return Containers.Naming(kept, () => TransferStaging.Take(input, staged));
    }

    private static TransferSummary Apply(Session session, string file, Stream stream, Wishes wishes)
    {
        if (!Path.Exists(file))
        {
            return Containers.Naming(file, () => CreateCommand.BuilderFor(file).Codecs(SystemCodecs.All).Receive(file, stream, wishes.Snapshot));
        }

        TransferSummary? summary = null;
        Containers.WriteInSteps(session, file, wishes.Wait, container =>
        {
            summary = container.Receive(stream, wishes.Snapshot, TransferSum.Read(wishes.Sum));
            return ExitCode.Fine;
        });
        return summary!;
    }

    private static ExitCode Tell(Session session, string file, Wishes wishes, TransferProgress progress)
    {
        if (wishes.Json)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("file", file);
                json.WriteBoolean("received", false);
                json.WriteNumber("staged_bytes", progress.Bytes);
            });
        }
        else if (wishes.Staged)
        {
            session.Output.WriteLine(progress.Bytes.ToString(CultureInfo.InvariantCulture));
        }

        return ExitCode.Fine;
    }

    private static void Tell(Session session, string file, Wishes wishes, TransferSummary summary)
    {
        if (wishes.Json)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("file", file);
                json.WriteBoolean("received", true);
                json.WriteString("kind", summary.IsFull ? "full" : "delta");
                json.WriteNumber("entries", summary.Entries);
                json.WriteNumber("removals", summary.Removals);
                json.WriteNumber("bytes", summary.Bytes);
                json.WriteString("sum_digest", Convert.ToHexStringLower(summary.Sum.Digest()));
            });
        }
        else
        {
            var what = summary.IsFull ? "all of a content" : "a difference";
            session.Line(string.Create(CultureInfo.InvariantCulture, $"{file}: received {what}: {summary.Entries} entries, {summary.Removals} removals, {summary.Bytes} bytes"), Tone.Good);
        }
    }

    private sealed record Wishes(string? Snapshot, bool Resume, bool Staged, string? Sum, double Wait, bool Json);
}
