namespace Cartridge.Reference;

/// <summary>
/// What a ciphertext is bound to: whose content it is, which part of it, as of when, and how it is to be read. Bytes that were
/// encrypted for one place do not decrypt in another.
/// </summary>
/// <param name="FileId">The file.</param>
/// <param name="ChunkNumber">The chunk's number, or <see cref="InlineNumber"/>.</param>
/// <param name="Birth">The generation of the blob's birth; 0 for inline content, which has none.</param>
/// <param name="LogicalLength">Length of the content, in bytes.</param>
/// <param name="Codec">How the content is coded beneath the encryption.</param>
internal readonly record struct AssociatedData(ulong FileId, ulong ChunkNumber, ulong Birth, uint LogicalLength, byte Codec)
{
    /// <summary>The length in bytes.</summary>
    public const int Length = AssociatedDataFieldLocations.End;

    /// <summary>The number that stands for content in the record: no file has so many chunks.</summary>
    public const ulong InlineNumber = ulong.MaxValue;

    /// <summary>The associated data of inline content.</summary>
    public static AssociatedData ForInline(ulong fileId, int length) => new(fileId, InlineNumber, 0, (uint)length, 0);

    /// <summary>Lays it out.</summary>
    /// <param name="container">The container.</param>
    /// <param name="destination"><see cref="Length"/> bytes.</param>
    public void Write(ContainerId container, Span<byte> destination)
    {
        var fields = new FieldWriter(destination);
        container.CopyTo(destination);
        fields.Skip(AssociatedDataFieldLengths.ContainerId);
        fields.U64(FileId);
        fields.U64(ChunkNumber);
        fields.U64(Birth);
        fields.U32(LogicalLength);
        fields.U8(Codec);
    }
}
