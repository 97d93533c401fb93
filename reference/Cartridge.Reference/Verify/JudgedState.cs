namespace Cartridge.Reference;

/// <summary>A state under verification.</summary>
/// <param name="Medium">The container.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="Record">The state's record.</param>
/// <param name="Owners">Whose the pages are, as far as they were looked at.</param>
/// <param name="Collector">Where findings go.</param>
internal sealed record JudgedState(IMedium Medium, Identity Identity, CommitRecord Record, Ownership Owners, Collector Collector)
{
    private readonly Dictionary<ulong, ulong> _entriesBelow = [];

    public Bounds Bounds => Record.BoundsWith(Identity.ContentChecksum);

    /// <summary>What decrypts and decodes content, as far as the verifier was given what that takes.</summary>
    public ContentCoder Coder { get; init; } = ContentCoder.Plain;

    /// <summary>Whether nobody here can see content.</summary>
    public bool IsOpaque => Identity.IsEncrypted && Coder.Keys is null;

    /// <summary>Whether there are snapshots, whose trees share nodes and blobs.</summary>
    public bool HasSnapshots => !Record.System.IsEmpty;

    /// <summary>Whether everything that the state reaches was seen. Where it was not, no total can be judged.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Notes that a part of the state could not be seen.</summary>
    public void Lose() => IsWhole = false;

    /// <summary>
    /// Remembers how many entries stand below a node. Trees of snapshots are not followed where they share a node with
    /// another tree, and their entries are to be counted all the same.
    /// </summary>
    public void NoteEntriesBelow(ulong page, ulong entries)
    {
        if (HasSnapshots)
        {
            _entriesBelow[page] = entries;
        }
    }

    /// <summary>How many entries stand below a node that was visited before.</summary>
    public ulong EntriesBelow(ulong page) => _entriesBelow.GetValueOrDefault(page);

    /// <summary>The blob reference in a leaf's value, or null if it cannot be followed.</summary>
    public BlobReference? ReadReference(in LeafEntry entry, int maxLength, bool isContent)
    {
        var checksum = isContent ? Identity.ContentChecksum : ContentChecksum.Sha256;
        var place = new BlobPlace(Bounds, maxLength, entry.Birth, checksum, isContent, isContent && Identity.IsEncrypted);
        return BlobReference.Read(entry.Value.Bytes.Span, place, entry.ValuePlace, Collector);
    }
}
