using System.Text;
using Cartridge.Reference;

namespace Cartridge.Format1;

internal static partial class BlobCatalog
{
    /// <summary>Orders paths as a catalog does: by their bytes, which is not the order of UTF-16.</summary>
    public static IComparer<string> ByBytes { get; } =
        Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    /// <summary>What a catalog without entries takes, in bytes: the root page and the count.</summary>
    public const int EmptyLength = 2 * sizeof(ulong);

    /// <summary>Writes a catalog; <see cref="Read"/> is the way back.</summary>
    /// <param name="entries">The entries, in the order of <see cref="ByBytes"/>.</param>
    public static byte[] Write(IReadOnlyCollection<Format1Entry> entries)
    {
        var blob = new BlobWriter();
        blob.U64(Layout.CatalogPage);
        blob.U64((ulong)entries.Count);
        foreach (var entry in entries)
        {
            WriteEntry(blob, entry);
        }

        return blob.ToArray();
    }

    /// <summary>How many bytes of a catalog an entry takes with so many blocks.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it cannot be encoded.</exception>
    public static long LengthOf(Format1Entry entry, ulong blocks)
    {
        var blob = new BlobWriter();
        WriteEntry(blob, entry with { Blocks = [] });
        return checked(blob.Length + (long)(blocks * sizeof(ulong)));
    }

    private static void WriteEntry(BlobWriter blob, Format1Entry entry)
    {
        blob.Text(entry.Path);
        blob.U32(entry.Type switch { EntryType.File => 0, EntryType.Directory => 1, _ => 2u });
        blob.U64(entry.Size);
        blob.Numbers(entry.Blocks);
        blob.U64(entry.Created);
        blob.U64(entry.Modified);
        blob.U32(entry.Permissions);
        blob.Text(entry.Owner);
        if (blob.Option(entry.ContentHash is not null))
        {
            blob.Bare([.. entry.ContentHash!]);
        }

        if (blob.Option(entry.ContentType is not null))
        {
            blob.Text(entry.ContentType!);
        }

        // A map: any order will do, and one that is always the same makes the same bytes of the same entries (CART-ONE-111).
        blob.U64((ulong)entry.UserMetadata.Count);
        foreach (var (name, value) in entry.UserMetadata.OrderBy(pair => pair.Key, ByBytes))
        {
            blob.Text(name);
            blob.Text(value);
        }
    }
}
