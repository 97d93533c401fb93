using System.CommandLine;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart stats</c>: counts what a container consists of.</summary>
internal static class StatsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var json = Common.Json();
        return new CartCommand("stats", "Counts what a container consists of, and how its space is used.")
        {
            Arguments = { file },
            Options = { json },
            Examples =
            [
                new("cart stats site.cart", "entries, bytes, trees, fragmentation, space"),
                new("cart stats site.cart --json | jq .free_blocks", "one number, for another program"),
            ],
            Remarks =
                """
                Content of a file stands in chunks, each in one run of blocks where there was room for one; a chunk in
                several runs is fragmented. Few bytes stand in the catalog itself (inline). Holes count in the sizes of files
                and take no space. A block has 4096 bytes. All nodes are read, and no content.
                """,
        }.Does(result => Print(session, result.GetRequiredValue(file), result.GetValue(json)));
    }

    private static ExitCode Print(Session session, string file, bool isJson) => Containers.Read(session, file, container =>
    {
        var statistics = container.GetStatistics();
        if (isJson)
        {
            WriteJson(session, file, statistics);
        }
        else
        {
            Print(session, statistics);
        }

        return ExitCode.Fine;
    });

    private static void Print(Session session, ContainerStatistics statistics)
    {
        var facts = new Facts();
        facts.Add("generation", Number(statistics.Generation));
        facts.Add("files", Number(statistics.Files));
        facts.Add("directories", Number(statistics.Directories));
        facts.Add("symlinks", Number(statistics.SymbolicLinks));
        facts.Add("sizes", $"{Number(statistics.LogicalBytes)} bytes");
        facts.Add("in chunks", $"{Number(statistics.ChunkBytes)} bytes in {Number(statistics.Chunks)} chunks");
        facts.Add("stored", $"{Number(statistics.StoredBytes)} bytes{Share(statistics.StoredBytes, statistics.ChunkBytes)}");
        facts.Add("encoded", $"{Number(statistics.Lz4Chunks)} chunks lz4, {Number(statistics.ZstandardChunks)} zstd");
        facts.Add("inline", $"{Number(statistics.InlineBytes)} bytes");
        facts.Add("in holes", $"{Number(Holes(statistics))} bytes");
        var splits = statistics.ContentRuns - statistics.Chunks;
        facts.Add("runs", $"{Number(statistics.ContentRuns)}, {Number(splits)} more than chunks{Share(splits, statistics.Chunks)}");
        facts.Add("catalog tree", Words.Count(statistics.CatalogHeight, "level", "levels"));
        facts.Add("content tree", Words.Count(statistics.ContentHeight, "level", "levels"));
        facts.Add("blocks", Number(statistics.TotalBlocks));
        facts.Add("of content", $"{Number(statistics.ContentBlocks)}{Share(statistics.ContentBlocks, statistics.TotalBlocks)}");
        facts.Add("of trees", $"{Number(statistics.MetadataBlocks)}{Share(statistics.MetadataBlocks, statistics.TotalBlocks)}");
        if (statistics.Snapshots > 0)
        {
            facts.Add("of snapshots", $"{Number(statistics.OtherBlocks)}{Share(statistics.OtherBlocks, statistics.TotalBlocks)} in no other state");
        }

        facts.Add("free", $"{Number(statistics.FreeBlocks)}{Share(statistics.FreeBlocks, statistics.TotalBlocks)}");
        facts.Print(session.Output);
    }

    private static void WriteJson(Session session, string file, ContainerStatistics statistics) => JsonLines.Write(session.Output, json =>
    {
        json.WriteString("file", file);
        json.WriteNumber("generation", statistics.Generation);
        json.WriteNumber("files", statistics.Files);
        json.WriteNumber("directories", statistics.Directories);
        json.WriteNumber("symlinks", statistics.SymbolicLinks);
        json.WritePropertyName("content_bytes");
        json.WriteRawValue(Number(statistics.LogicalBytes));
        json.WriteNumber("chunk_bytes", statistics.ChunkBytes);
        json.WriteNumber("stored_bytes", statistics.StoredBytes);
        json.WriteNumber("inline_bytes", statistics.InlineBytes);
        json.WritePropertyName("hole_bytes");
        json.WriteRawValue(Number(Holes(statistics)));
        json.WriteNumber("chunks", statistics.Chunks);
        json.WriteNumber("lz4_chunks", statistics.Lz4Chunks);
        json.WriteNumber("zstd_chunks", statistics.ZstandardChunks);
        json.WriteNumber("content_runs", statistics.ContentRuns);
        json.WriteNumber("catalog_height", statistics.CatalogHeight);
        json.WriteNumber("content_height", statistics.ContentHeight);
        json.WriteNumber("total_blocks", statistics.TotalBlocks);
        json.WriteNumber("content_blocks", statistics.ContentBlocks);
        json.WriteNumber("metadata_blocks", statistics.MetadataBlocks);
        json.WriteNumber("snapshots", statistics.Snapshots);
        json.WriteNumber("snapshot_blocks", statistics.OtherBlocks);
        json.WriteNumber("free_blocks", statistics.FreeBlocks);
    });

    /// <summary>What no bytes are stored for; none in a container that claims to store more than its files have.</summary>
    private static UInt128 Holes(ContainerStatistics statistics) =>
        statistics.LogicalBytes - UInt128.Min(statistics.LogicalBytes, (UInt128)statistics.ChunkBytes + statistics.InlineBytes);

    private static string Share(ulong part, ulong whole) =>
        whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({100.0 * part / whole:0.0}%)");

    private static string Number(UInt128 value) => value.ToString(CultureInfo.InvariantCulture);
}
