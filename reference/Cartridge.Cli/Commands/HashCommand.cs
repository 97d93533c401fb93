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
        var json = Common.Json();
        return new CartCommand("hash", "Shows the state hash of a container, which stands for everything in it.")
        {
            Arguments = { file },
            Options = { json },
            Examples =
            [
                new("cart hash site.cart", "64 hexadecimal digits"),
                new("cart verify copy.cart --expect $(cart hash site.cart)", "whether a copy is whole and the same"),
                new("cart hash site.cart --json", "the generation and the container id as well"),
            ],
            Remarks =
                """
                The state hash is that of the newest commit record. It changes with every commit, even one that changes no content,
                and says nothing by itself: 'cart verify --expect' proves that a container is whole and has it. Of a container
                whose content has CRC-32C it authenticates names, sizes and times, but no content; a note says so.
                """,
        }.Does(result => Hash(session, result.GetRequiredValue(file), result.GetValue(json)));
    }

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
