namespace Cartridge.Reference;

/// <summary>The catalog as a dictionary from paths to records; a record too large for a cell is kept as a blob.</summary>
internal static class CatalogStore
{
    /// <summary>Looks a path up.</summary>
    public static CatalogRecord? Find(this IState state, byte[] path) =>
        state.Catalog.Find(state, path) is { } value ? state.Decode(path, value) : null;

    /// <summary>Sets the record of a path.</summary>
    public static void Put(this Draft draft, byte[] path, CatalogRecord record, Purpose purpose = Purpose.Adding)
    {
        draft.Catalog = draft.Catalog.Put(draft, path, draft.Encode(path, record, purpose), out var old);
        draft.ReleaseLong(old);
    }

    /// <summary>Removes a path.</summary>
    public static void Remove(this Draft draft, byte[] path)
    {
        draft.Catalog = draft.Catalog.Remove(draft, path, out var old);
        draft.ReleaseLong(old);
    }

    /// <summary>All paths from one on, in byte order, with their records.</summary>
    public static IEnumerable<(byte[] Path, CatalogRecord Record)> CatalogFrom(this IState state, byte[] path) =>
        state.Catalog.From(state, path).Select(entry => (Checked(entry.Key), state.Decode(entry.Key, entry.Value)));

    /// <summary>A path out of the container leaves this class only if it could have been put in.</summary>
    private static byte[] Checked(byte[] path)
    {
        CatalogPath.Check(path, default, new StrictChecker { Subject = path });
        return path;
    }

    // A value that makes its cell too large is kept as a blob (CART-TRE-102), one that no blob may hold is refused (CART-CAT-106).
    private static TreeValue Encode(this Draft draft, byte[] path, CatalogRecord record, Purpose purpose)
    {
        var bytes = record.Write();
        if (NodeFieldLengths.LeafCell + path.Length + bytes.Length <= Format.MaxCellSize)
        {
            return new TreeValue(bytes);
        }

        return bytes.Length <= Format.MaxLongValue
            ? new TreeValue(draft.StoreBlob(bytes, purpose).Write(), IsLong: true)
            : throw new CartridgeException(
                ErrorCode.BadArgument, $"The attributes of {Text.Display(path)} need {bytes.Length} bytes; at most {Format.MaxLongValue} are possible.");
    }

    /// <summary>The record in a value of the catalog.</summary>
    public static CatalogRecord Decode(this IState state, byte[] path, in TreeValue value)
    {
        var checker = new StrictChecker { Subject = path };
        var bytes = value.IsLong
            ? BlobReader.Read(state.Pool.Medium, state.LongBlob(value, checker), ContentChecksum.Sha256, checker)!
            : value.Bytes.Span;
        return CatalogRecord.Read(bytes, state.NextFileId, default, checker, state.Pool.Identity.IsEncrypted)!;
    }

    private static void ReleaseLong(this Draft draft, in TreeValue? value)
    {
        if (value is { IsLong: true } old)
        {
            draft.Release(draft.LongBlob(old, new StrictChecker()));
        }
    }

    /// <summary>The reference to the blob that holds a long value.</summary>
    public static BlobReference LongBlob(this IState state, in TreeValue value, Checker checker)
    {
        var place = new BlobPlace(state.Bounds, Format.MaxLongValue, Math.Min(value.HolderBirth, state.Generation), ContentChecksum.Sha256);
        return BlobReference.Read(value.Bytes.Span, place, default, checker)!;
    }
}
