namespace Cartridge.Reference;

/// <summary>What a caller wants an entry's metadata to be; null leaves a field as it is, or at its default.</summary>
public sealed record EntryMetadata
{
    private const int MaxMode = 0xFFF;

    /// <summary>The low 12 bits of a POSIX mode, 0 to 07777. Default: 0644 for files, 0755 for directories, 0777 for links.</summary>
    public int? Mode { get; init; }

    /// <summary>The owner's number.</summary>
    public uint? Uid { get; init; }

    /// <summary>The group's number.</summary>
    public uint? Gid { get; init; }

    /// <summary>The owner's name, at most 255 bytes of UTF-8.</summary>
    public string? Owner { get; init; }

    /// <summary>When the entry was made, in nanoseconds since the Unix epoch. Default: now.</summary>
    public long? Created { get; init; }

    /// <summary>When the content was last changed, in nanoseconds since the Unix epoch. Default: now.</summary>
    public long? Modified { get; init; }

    /// <summary>The media type; an empty text takes it away.</summary>
    public string? ContentType { get; init; }

    /// <summary>Metadata of the user's own; replaces all there was.</summary>
    public IReadOnlyDictionary<string, string>? UserMetadata { get; init; }

    /// <summary>Extended attributes, with names that are not empty; replaces all there were.</summary>
    public IReadOnlyDictionary<string, byte[]>? ExtendedAttributes { get; init; }

    /// <summary>
    /// The binary logarithm of the chunk size in bytes, 12 to 18; counts when content is written as a whole. Default: 16,
    /// and 12 for SQLite databases, which are rewritten page by page.
    /// </summary>
    public byte? ChunkShift { get; init; }

    /// <summary>
    /// How content is to be stored from now on; what is stored already stays as it is. Default: as the container's own default
    /// says. A chunk that does not get shorter by a page, as those of SQLite databases, is always stored as it is.
    /// </summary>
    public CodecChoice? Codec { get; init; }

    /// <summary>
    /// Whether to record the SHA-256 of content that is written as a whole. A later partial write clears it. Encrypted containers
    /// record none: it would tell everybody which contents they hold.
    /// </summary>
    public bool RecordContentHash { get; init; }

    /// <summary>Applies what is wanted to a record.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: a value that no record can hold.</exception>
    internal CatalogRecord ApplyTo(CatalogRecord record)
    {
        if (Mode is < 0 or > MaxMode)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"A mode of {Convert.ToString(Mode.Value, 8)} (octal) has more than 12 bits.");
        }

        return record with
        {
            Mode = (ushort)(Mode ?? record.Mode),
            Uid = Uid ?? record.Uid,
            Gid = Gid ?? record.Gid,
            Owner = Owner is null ? record.Owner : Text.EncodeShort(Owner, "The owner"),
            Created = Created ?? record.Created,
            Modified = Modified ?? record.Modified,
            Codec = record.HasContent ? Codec ?? record.Codec : null,
            Attributes = Attributes(record.Attributes),
        };
    }

    /// <summary>The chunk shift, if one is wanted.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it is not between 12 and 18.</exception>
    internal byte? CheckedShift() => ChunkShift is null or >= Format.MinChunkShift and <= Format.MaxChunkShift
        ? ChunkShift
        : throw new CartridgeException(ErrorCode.BadArgument, $"A chunk shift of {ChunkShift}; {Format.MinChunkShift} to {Format.MaxChunkShift} are possible.");

    private IReadOnlyList<EntryAttribute> Attributes(IReadOnlyList<EntryAttribute> old)
    {
        if (ContentType is null && UserMetadata is null && ExtendedAttributes is null)
        {
            return old;
        }

        IEnumerable<EntryAttribute> Of(AttributeKind kind) => old.Where(a => a.Kind == kind);
        var contentType = ContentType switch
        {
            null => Of(AttributeKind.ContentType),
            "" => [],
            var text => [new EntryAttribute(AttributeKind.ContentType, [], Encode(text, "The content type"))],
        };
        var user = UserMetadata?.Select(pair => new EntryAttribute(
            AttributeKind.UserMetadata, Name(pair.Key), Encode(pair.Value, $"The user metadata \"{pair.Key}\"")));
        var extended = ExtendedAttributes?.Select(pair => new EntryAttribute(
            AttributeKind.ExtendedAttribute,
            pair.Key.Length > 0 ? Name(pair.Key) : throw new CartridgeException(ErrorCode.BadArgument, "An extended attribute needs a name."),
            pair.Value));
        List<EntryAttribute> all =
        [
            .. contentType,
            .. (user ?? Of(AttributeKind.UserMetadata)),
            .. (extended ?? Of(AttributeKind.ExtendedAttribute)),
        ];
        all.Sort((a, b) => a.ComesBefore(b) ? -1 : b.ComesBefore(a) ? 1 : 0);
        return all.Count <= ushort.MaxValue
            ? all
            : throw new CartridgeException(ErrorCode.BadArgument, $"{all.Count} attributes; at most {ushort.MaxValue} are possible.");
    }

    private static byte[] Name(string name)
    {
        var bytes = Encode(name, $"The attribute name \"{name}\"");
        return bytes.Length <= ushort.MaxValue
            ? bytes
            : throw new CartridgeException(ErrorCode.BadArgument, $"An attribute name of {bytes.Length} bytes; at most {ushort.MaxValue} are possible.");
    }

    private static byte[] Encode(string text, string what) => Text.Encode(text, ErrorCode.BadArgument, what);
}
