using System.Buffers.Binary;
using System.Text.Json;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// A snapshot of a container of format 1: a folder beside it, with a description and, if the writer had any in memory, pages.
/// A page that is not among them is lost: the container has gone on since.
/// </summary>
public sealed class Format1Snapshot
{
    private const string MetadataFile = "metadata.json";
    private const string PagesFile = "pages.bin";
    private const int MaxMetadata = 1 << 20;
    private const int PageHead = 16;

    private readonly string _folder;
    private readonly Dictionary<ulong, long> _pages;
    private readonly Format1Header _header;

    private Format1Snapshot(string folder, Format1Header header, Dictionary<ulong, long> pages)
    {
        _folder = folder;
        _header = header;
        _pages = pages;
    }

    /// <summary>The number of the snapshot: the time of its making in microseconds.</summary>
    public required ulong Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What was said of it.</summary>
    public required string Description { get; init; }

    /// <summary>When it was made, in microseconds since the Unix epoch.</summary>
    public required ulong Created { get; init; }

    /// <summary>How many pages it holds.</summary>
    public int PageCount => _pages.Count;

    /// <summary>The snapshots in a folder, by id: its subfolders with the name <c>snapshot_</c> and a number.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="findings">What is wrong with snapshots that are left out.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public static IReadOnlyList<Format1Snapshot> ReadAll(string folder, out IReadOnlyList<Finding> findings)
    {
        var j = Judge.OfAll();
        List<Format1Snapshot> snapshots =
        [
            .. Directory.EnumerateDirectories(folder, "snapshot_*").Order(StringComparer.Ordinal).Select(path => Read(path, j)).OfType<Format1Snapshot>().OrderBy(snapshot => snapshot.Id),
        ];
        findings = j.Findings;
        return snapshots;
    }

    /// <summary>Opens the container as the snapshot has it. Entries whose pages are not in the snapshot cannot be read.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="CartridgeException">The snapshot holds no catalog, or a damaged one.</exception>
    public Format1File Open(Format1OpenOptions? options = null)
    {
        var medium = new SnapshotMedium(Path.Combine(_folder, PagesFile), _header, _pages);
        return Format1File.Open(medium, new Source(medium, medium.Holds), options);
    }

    internal static Format1Snapshot? Read(string folder, Judge j)
    {
        var place = new Place(null, null, Path.GetFileName(folder));
        var metadata = new FileInfo(Path.Combine(folder, MetadataFile));
        using var document = metadata is { Exists: true, Length: <= MaxMetadata } ? JsonMembers.TryParse(File.ReadAllBytes(metadata.FullName), out _) : null;
        JsonElement? root = document?.RootElement;
        var header = root.Member("header", JsonValueKind.Object);
        if (root.Number("id") is not { } id || root.Text("name") is not { } name || root.Number("created_at") is not { } created
            || header.Number("total_blocks") is not { } total || header.Number("free_blocks") is not { } free)
        {
            _ = j.Skips(OneBesideRule.SnapshotMetadata) || j.Fault(OneBesideRule.SnapshotMetadata, place, $"{MetadataFile} is not there, or says not what it has to say");
            return null;
        }

        if (ReadPages(Path.Combine(folder, PagesFile)) is not { } pages)
        {
            _ = j.Skips(OneBesideRule.SnapshotPages) || j.Fault(OneBesideRule.SnapshotPages, place, $"{PagesFile} is cut, names a page twice, or holds one that is not {Layout.PageSize} bytes");
            return null;
        }

        return new Format1Snapshot(folder, new Format1Header { TotalBlocks = total, FreeBlocks = free, VersioningFuse = 0, AclFuse = 0, EncryptionFuse = 0 }, pages)
        {
            Id = id,
            Name = name,
            Description = root.Text("description") ?? "",
            Created = created,
        };
    }

    /// <summary>Where each page stands in the file; every length is held against what is left of it.</summary>
    private static Dictionary<ulong, long>? ReadPages(string path)
    {
        Dictionary<ulong, long> pages = [];
        if (!File.Exists(path))
        {
            return pages;
        }

        using var file = File.OpenRead(path);
        var head = new byte[PageHead];
        if (file.ReadAtLeast(head.AsSpan(0, sizeof(ulong)), sizeof(ulong), throwOnEndOfStream: false) < sizeof(ulong))
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt64LittleEndian(head);
        if (count > (ulong)(file.Length / (PageHead + Layout.PageSize)))
        {
            return null;
        }

        for (ulong i = 0; i < count; i++)
        {
            if (file.ReadAtLeast(head, PageHead, throwOnEndOfStream: false) < PageHead
                || BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(sizeof(ulong))) != Layout.PageSize
                || file.Length - file.Position < Layout.PageSize
                || !pages.TryAdd(BinaryPrimitives.ReadUInt64LittleEndian(head), file.Position))
            {
                return null;
            }

            file.Position += Layout.PageSize;
        }

        return pages;
    }
}
