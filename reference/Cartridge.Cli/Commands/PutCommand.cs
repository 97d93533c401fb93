using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart put</c>: stores files, folders and standard input.</summary>
internal static class PutCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var sources = new Argument<string[]>("SRC")
        {
            Description = "Files and folders, each stored under its own name, or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string?>("--to")
        {
            HelpName = "PATH",
            Description = "The path that one source gets. With / at its end, or with several sources: the folder to store them under.",
        };
        var hash = new Option<bool>("--content-hash")
        {
            Description = "Records the SHA-256 of each file, for ls --json and stat; of files with holes none.",
        };
        var codec = Common.Codec("How to store the files, now and when they change later");
        var wait = Common.Wait();
        return new CartCommand("put", "Stores files, folders and links: all of them, or, if anything fails, none.")
        {
            Arguments = { file, sources },
            Options = { to, codec, hash, wait },
            Examples =
            [
                new("cart put site.cart index.html css", "as index.html and css/..."),
                new("cart put site.cart ~/pictures --to img", "the folder becomes img"),
                new("cart put site.cart a.txt b.txt --to docs/", "as docs/a.txt and docs/b.txt"),
                new("cart put site.cart .", "what is in this folder, at the root"),
                new("cart put site.cart logs --codec zstd:9", "compressed, wherever that saves space"),
                new("date | cart put site.cart - --to built.txt", "standard input"),
            ],
            Remarks =
                """
                Entries that are there are replaced; a folder that is there is added to. Modes, owners, times (to the
                nanosecond) and the extended attributes of user. are kept. Links are stored as links and never followed; DIR/.
                stores what a link to a folder points to. Sockets, devices and pipes, and the container itself, are left out
                with a note. Holes take no space. Without --codec, what the container says goes for new files (see cart create).
                What a codec would not shorten by 4 KiB, as pictures, archives and SQLite databases, is stored as it is.
                A source that is not there is exit code 1; one that vanishes or cannot be read is 3. Either way nothing is
                stored, as after Ctrl-C (130).
                """,
        }.Does(result => Put(
            session,
            result.GetRequiredValue(file),
            result.GetRequiredValue(sources),
            result.GetValue(to),
            result.GetValue(codec),
            result.GetValue(hash),
            result.GetValue(wait)));
    }

    private static ExitCode Put(Session session, string file, string[] sources, string? to, CodecChoice? codec, bool hash, double wait)
    {
        using var interruption = new Interruption("nothing was stored");
        return Containers.Write(session, file, wait, container =>
        {
            interruption.Begin();
            var files = HostFiles.Here;
            var own = files.Look(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file)?.Identity;
            var plan = Source.Plan(container, sources, to);
            foreach (var source in plan.Where(source => !source.IsStandardInput))
            {
                // Before the first byte is stored.
                _ = Packer.Find(files, source);
            }

            var packer = new Packer(container, files, own, session.Note, new Work(session.Status, "storing", interruption))
            {
                ContentHash = hash,
                StandardInput = new PatientInput(session.Input, interruption),
                Codec = codec,
            };
            packer.Put(plan);

            // From here on it is stored, whatever comes.
            interruption.ThrowIfRequested();
            return ExitCode.Fine;
        });
    }
}
