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
        var (at, json) = (Common.At(), Common.Json());
        return new CartCommand("hash", "Shows the state hash of a container, which stands for everything in it.")
        {
            Arguments = { file },
            Options = { content, at, json },
            Examples =
            [
                new("cart hash site.cart", "64 hexadecimal digits"),
                new("cart verify copy.cart --expect $(cart hash site.cart)", "whether a copy is whole and the same"),
                new("cart hash site.cart --content", "the SHA-256 of what 'cart send site.cart' writes"),
                new("cart hash site.cart --at v1", "the state hash of the snapshot v1, which later changes leave as it is"),
                new("cart hash site.cart --json", "the generation and the container id as well"),
            ],
            Remarks =
                """
                The state hash is that of the newest commit record. It changes with every commit, even one that changes no content,
                and says nothing by itself: 'cart verify --expect' proves that a container is whole and has it. Of a container
                whose content has CRC-32C it authenticates names, sizes and times, but no content; a note says so. That of a
                snapshot (--at) stands for everything in the snapshot and its name; compaction changes it, and nothing else does.
                The content digest (--content) is that of paths, metadata and contents alone, whatever the layout, the codec, the
                encryption or the history: two containers hold the same exactly if it is the same. That of an encrypted container
                needs its key, and tells whoever can guess the content that the guess was right.
                """,
        }.Does(result =>
        {
            var (name, which) = (result.GetRequiredValue(file), SnapshotWord.Of(result.GetValue(at)));
            return result.GetValue(content) ? HashContent(session, name, which, result.GetValue(json)) : Hash(session, name, which, result.GetValue(json));
        });
    }

    private static ExitCode HashContent(Session session, string file, string? at, bool isJson) => Containers.Read(session, file, container =>
    {
        var digest = Convert.ToHexStringLower(SnapshotWord.Naming(file, at, () => container.ContentDigest(at)));
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

    private static ExitCode Hash(Session session, string file, string? at, bool isJson) => Containers.Read(session, file, container =>
    {
        using var state = at is null ? container.OpenReader() : SnapshotWord.Open(container, file, at);
        var hash = Convert.ToHexStringLower(state.StateHash());
        var authenticates = container.ContentChecksum == ContentChecksum.Sha256;
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("file", file);
                json.WriteString("snapshot", at);
                json.WriteString("state_hash", hash);
                json.WriteNumber("generation", state.Generation);
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
