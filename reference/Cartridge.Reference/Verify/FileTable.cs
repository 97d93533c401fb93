using System.Runtime.InteropServices;

namespace Cartridge.Reference;

/// <summary>What the verifier remembers of a file between the catalog and its content: 32 bytes.</summary>
/// <param name="FileId">The key of its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Leaf">The catalog leaf that has its record, from which all else can be read again.</param>
/// <param name="Ordinal">Its position in the catalog.</param>
/// <param name="CellOffset">Where its cell begins.</param>
/// <param name="ChunkShift">The logarithm of its chunk size.</param>
/// <param name="Facts">What else matters.</param>
internal readonly record struct FileSummary(
    ulong FileId, long Size, ulong Leaf, int Ordinal, ushort CellOffset, byte ChunkShift, FileFacts Facts)
{
    public bool Has(FileFacts fact) => (Facts & fact) != 0;
}

/// <summary>What matters of a file beside numbers.</summary>
[Flags]
internal enum FileFacts : byte
{
    None = 0,
    Inline = 1,
    ContentHash = 2,
    Link = 4,

    /// <summary>Another file has the same id, so that nobody can say whose the content is.</summary>
    Twin = 8,

    /// <summary>Its content has been judged, or cannot be.</summary>
    Done = 16,
}

/// <summary>The files and symbolic links of the catalog, by id.</summary>
internal sealed class FileTable(JudgedState state)
{
    private readonly List<FileSummary> _files = [];
    private (ulong Leaf, TreeNode? Node) _last;

    public int Count => _files.Count;

    public FileSummary this[int index] => _files[index];

    public void Add(FileSummary file) => _files.Add(file);

    public void MarkDone(int index) => Mark(index, FileFacts.Done);

    /// <summary>Puts the files in the order of their ids, which is that of the content tree, and checks that each has its own.</summary>
    public void Sort(Collector c)
    {
        _files.Sort((a, b) => a.FileId != b.FileId ? a.FileId.CompareTo(b.FileId) : a.Ordinal.CompareTo(b.Ordinal));
        for (var i = 1; i < _files.Count; i++)
        {
            var unique = _files[i].FileId != _files[i - 1].FileId;
            c.Subject = new FileName(this, i);

            // "Two entries of a state MUST NOT have the same file id, directories apart."
            _ = c.Skips(CatalogRule.UniqueFileId) || unique
                || c.Fault(CatalogRule.UniqueFileId, PlaceOf(i), $"file id {_files[i].FileId} is also that of {NameOf(i - 1)}");
            if (!unique)
            {
                Mark(i - 1, FileFacts.Twin);
                Mark(i, FileFacts.Twin);
            }
        }
    }

    /// <summary>The file with an id, or -1.</summary>
    public int IndexOf(ulong fileId)
    {
        var (low, high) = (0, _files.Count - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _files[middle].FileId < fileId ? (middle + 1, high) : (low, middle);
        }

        return low <= high && _files[low].FileId == fileId ? low : -1;
    }

    public Place PlaceOf(int index) => Place.Of(_files[index].Leaf, _files[index].CellOffset);

    /// <summary>The path of a file, read again from the catalog.</summary>
    public byte[] PathOf(int index) => Find(index) is var (leaf, cell) ? leaf.Keys[cell] : [];

    public string NameOf(int index) => Text.Brief(PathOf(index));

    /// <summary>The content hash in a file's record, read again from the catalog.</summary>
    public Hash256? ContentHashOf(int index)
    {
        if (Find(index) is not var (leaf, cell))
        {
            return null;
        }

        var value = leaf.Values[cell];
        var bytes = value.Bytes.Span;
        if (value.IsLong)
        {
            var place = new BlobPlace(state.Bounds, Format.MaxLongValue, ulong.MaxValue, ContentChecksum.Sha256);
            var blob = BlobReference.Read(bytes, place, default, SilentChecker.Lenient);
            bytes = blob is null ? default : BlobReader.Read(state.Medium, blob, ContentChecksum.Sha256, SilentChecker.Lenient);
        }

        return CatalogRecord.Read(bytes, ulong.MaxValue, default, SilentChecker.Lenient)?.ContentHash;
    }

    private (TreeNode Leaf, int Cell)? Find(int index)
    {
        var file = _files[index];
        if (_last.Node is null || _last.Leaf != file.Leaf)
        {
            var place = new NodePlace(new PageReference(file.Leaf, 0, default), PageType.CatalogNode, 0, state.Bounds, state.Identity.Id);
            _last = (file.Leaf, Nodes.Read(state.Medium, place, SilentChecker.Lenient));
        }

        return _last.Node is { } leaf && Array.IndexOf(leaf.Offsets, file.CellOffset) is >= 0 and var cell ? (leaf, cell) : null;
    }

    private void Mark(int index, FileFacts fact)
    {
        ref var file = ref CollectionsMarshal.AsSpan(_files)[index];
        file = file with { Facts = file.Facts | fact };
    }
}

/// <summary>A file's path, looked up only when somebody wants to read it.</summary>
internal sealed class FileName(FileTable files, int index)
{
    public override string ToString() => files.NameOf(index);
}
