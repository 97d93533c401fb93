using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart hash</c>: the hash that stands for the state of a container.</summary>
internal static class HashCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var content = new Option<bool>("--content") { Description = "Shows the content digest instead: the same for the same content in whatever container. Reads everything." };
        var at = new Option<string?>("--at") { HelpName = "NAME", Description = "With --content: of this snapshot. By default of the current content." };
        var json = Common.Json();
        return new CartCommand("hash", "Shows the state hash of a container, which stands for everything in it.")
        {
            Arguments = { file },
            Options = { content, at, json },
            Examples =
            [
                new("cart hash site.cart", "64 hexadecimal digits"),
                new("cart verify copy.cart --expect $(cart hash site.cart)", "whether a copy is whole and the same"),
                new("cart hash site.cart --content", "the SHA-256 of what 'cart send site.cart' writes"),
                new("cart hash site.cart --json", "the generation and the container id as well"),
            ],
            Remarks =
                """
                The state hash is that of the newest commit record. It changes with every commit, even one that changes no content,
                and says nothing by itself: 'cart verify --expect' proves that a container is whole and has it. Of a container
                whose content has CRC-32C it authenticates names, sizes and times, but no content; a note says so.
                The content digest (--content) is that of paths, metadata and contents alone, whatever the layout, the codec, the
                encryption or the history: two containers hold the same exactly if it is the same. That of an encrypted container
                needs its key, and tells whoever can guess the content that the guess was right.
                """,
        }.Does(result => result.GetValue(content)
            ? HashContent(session, result.GetRequiredValue(file), result.GetValue(at), result.GetValue(json))
            : result.GetValue(at) is null ? Hash(session, result.GetRequiredValue(file), result.GetValue(json)) : throw CliFailure.Usage("--at goes with --content"));
    }

    private static ExitCode HashContent(Session session, string file, string? at, bool isJson) => Containers.Read(session, file, container =>
    {
        var digest = Convert.ToHexStringLower(container.ContentDigest(at));
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("file", file);
                json.WriteString("snapshot", at);
                json.WriteString("content_digest", digest);
            });
        }
        else
        {
            session.Output.WriteLine(digest);
        }

        return ExitCode.Fine;
    },
    needsContent: true);

    private static ExitCode Hash(Session session, string file, bool isJson) => Containers.Read(session, file, container =>
    {
        var hash = Convert.ToHexStringLower(container.StateHash());
        var authenticates = container.ContentChecksum == ContentChecksum.Sha256;
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("file", file);
                json.WriteString("state_hash", hash);
                json.WriteNumber("generation", container.Generation);
                json.WriteString("container_id", container.Id.ToString());
                json.WriteBoolean("authenticates_content", authenticates);
            });
            return ExitCode.Fine;
        }

        session.Output.WriteLine(hash);
        if (!authenticates)
        {
            session.Note($"{file}: its content is guarded by CRC-32C, so this hash does not authenticate content");
        }

        return ExitCode.Fine;
    });
}
