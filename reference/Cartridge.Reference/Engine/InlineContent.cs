namespace Cartridge.Reference;

/// <summary>Content that stands in the record itself: as it is, or encrypted (spec/11-encryption.md).</summary>
internal static class InlineContent
{
    /// <summary>The inline content of a record, decrypted; null if it has none.</summary>
    public static byte[]? ReadInline(this IState state, CatalogRecord record, object subject) => record switch
    {
        { Inline: null } => null,
        { InlineSeal: null } => record.Inline,
        _ => state.Pool.Coder.DecryptInline(record.FileId, record.Inline, record.InlineSeal, default, new StrictChecker { Subject = subject }),
    };

    /// <summary>Gives a record new inline content, and the size of it; none for an empty file.</summary>
    public static CatalogRecord WithInline(this Draft draft, CatalogRecord record, ReadOnlySpan<byte> content)
    {
        record = record with { Inline = null, InlineSeal = null, Size = content.Length, ContentHash = null };
        if (content.IsEmpty)
        {
            return record;
        }

        var inline = content.ToArray();
        return draft.Identity.IsEncrypted
            ? record with { InlineSeal = draft.Pool.Coder.Encrypt(content, AssociatedData.ForInline(record.FileId, content.Length), inline), Inline = inline }
            : record with { Inline = inline };
    }
}
