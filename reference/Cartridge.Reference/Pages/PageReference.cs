namespace Cartridge.Reference;

/// <summary>A reference to a metadata page: where it is, when it was born, and the hash that proves it (48 bytes).</summary>
/// <param name="Page">The page's number; 0 in the reference of an empty tree.</param>
/// <param name="Birth">The generation of its birth.</param>
/// <param name="Hash">The page's hash.</param>
internal readonly record struct PageReference(ulong Page, ulong Birth, Hash256 Hash)
{
    public const int Length = 48;

    /// <summary>Reads a reference; mirrors <see cref="Write"/>.</summary>
    public static PageReference Read(ref FieldReader fields) => new(fields.U64(), fields.U64(), fields.Hash());

    public void Write(ref FieldWriter fields)
    {
        fields.U64(Page);
        fields.U64(Birth);
        fields.Hash(Hash);
    }

    /// <summary>Checks what can be said of a reference without following it.</summary>
    /// <param name="bounds">The state's bounds.</param>
    /// <param name="holderBirth">The birth of the page that holds the reference; the generation, if that is the record.</param>
    /// <param name="at">Where the reference stands.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>Whether the reference may be followed.</returns>
    public bool Check(in Bounds bounds, ulong holderBirth, Place at, Checker c)
    {
        // "A page reference MUST name a page from 3 on and below total blocks."
        var follow = c.Skips(PageRule.Range) || (Page >= Format.FirstFreeBlock && Page < bounds.TotalBlocks)
            || c.Fault(PageRule.Range, at, $"refers to page {Page}; pages 3 to {bounds.LastPage} may be referred to");

        // "A page MUST NOT be younger than the page that refers to it."
        _ = c.Skips(PageRule.Ancestry) || Birth <= holderBirth
            || c.Fault(PageRule.Ancestry, at, $"refers to a page born in {Birth} from one born in {holderBirth}");
        return follow;
    }
}

/// <summary>What a state allows its references: every range check needs these two.</summary>
/// <param name="TotalBlocks">The number of pages that the state counts on.</param>
/// <param name="Checksum">The container's checksum of content.</param>
internal readonly record struct Bounds(ulong TotalBlocks, ContentChecksum Checksum)
{
    /// <summary>The last page, for messages: even of a count that is wrong.</summary>
    public ulong LastPage => Math.Max(TotalBlocks, 1) - 1;
}
