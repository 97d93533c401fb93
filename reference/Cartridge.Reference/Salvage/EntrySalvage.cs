using System.Globalization;
using System.Numerics;

namespace Cartridge.Reference;

/// <summary>Copies entries, one after the other, and tells what became of each (CART-SLV-107, CART-SLV-108).</summary>
internal sealed class EntrySalvage(
    IMedium medium, ContentSalvage content, SalvageTarget? target, bool isSealed, SalvageOptions options, SalvageReport report)
{
    private const string Folder = "lost+found/";
    private const int NamelessMode = 0x180; // 0600

    /// <summary>Files by their ids, and how young the record of each is: of two names for one file, the younger is its name.</summary>
    private readonly Dictionary<ulong, ulong> _names = [];
    private readonly SalvageChecker _c = new();

    /// <summary>Copies all entries that the catalog still has.</summary>
    public void Copy(TreeSalvage catalog)
    {
        var isSure = catalog.Cover.Gaps.Count == 0 && catalog.Cover.Leaves.All(leaf => leaf.IsProven);
        if (!isSure)
        {
            foreach (var (_, value, piece) in catalog.Records())
            {
                Note(Read(value, piece), piece);
            }
        }

        foreach (var (path, value, piece) in catalog.Records())
        {
            CopyEntry(path, value, piece, isSure);
        }
    }

    /// <summary>Copies contents whose names are lost (CART-SLV-109).</summary>
    public void CopyNameless(TreeSalvage contentTree)
    {
        ulong? last = null;
        foreach (var (key, _, _) in contentTree.Records())
        {
            if (key.Length != ChunkKey.Length || ChunkKey.Read(key).FileId is var id && (id == last || _names.ContainsKey(id)))
            {
                continue;
            }

            last = id;
            if (Guess(contentTree, id) is not { } record || NameFor(id) is not { } path)
            {
                continue;
            }

            report.Nameless++;
            CopyFile(path, record, asOf: 0, isProven: false, "its name is lost");
        }
    }

    private void Note(CatalogRecord? record, KeyPiece piece)
    {
        if (record is { HasContent: true })
        {
            var rank = piece.IsProven ? ulong.MaxValue : piece.Birth;
            _names[record.FileId] = Math.Max(rank, _names.GetValueOrDefault(record.FileId));
        }
    }

    private void CopyEntry(byte[] key, in TreeValue value, KeyPiece piece, bool isSure)
    {
        _c.HasFault = false;
        if (!CatalogPath.Check(key, default, _c))
        {
            return; // Not even a path.
        }

        var path = Text.Decode(key);
        if (Read(value, piece) is not { } record)
        {
            Tell(new SalvagedEntry(path, EntryType.File, SalvageOutcome.Lost, 0, 0, [], piece.IsProven, "its record is gone"));
            return;
        }

        // A path that an older page still has for a file with a younger name is no entry of its own (CART-SLV-104).
        if (!isSure && record.HasContent && !piece.IsProven && !(_names.TryGetValue(record.FileId, out var rank) && rank == piece.Birth))
        {
            return;
        }

        if (!isSure && record.HasContent && !piece.IsProven)
        {
            _names[record.FileId] = ulong.MaxValue;
        }

        switch (record.Type)
        {
            case EntryType.Directory:
                target?.Directory(path, Metadata(record));
                Tell(new SalvagedEntry(path, record.Type, SalvageOutcome.Whole, 0, 0, [], piece.IsProven, null));
                break;
            case EntryType.SymbolicLink:
                CopyLink(path, record, piece);
                break;
            default:
                CopyFile(path, record, piece.Birth, piece.IsProven, null);
                break;
        }
    }

    private CatalogRecord? Read(in TreeValue value, KeyPiece piece)
    {
        _c.HasFault = false;
        var bytes = value.Bytes;
        if (value.IsLong)
        {
            var bounds = new Bounds((ulong)Format.MaxBlocks, ContentChecksum.Sha256);
            var place = new BlobPlace(bounds, Format.MaxLongValue, piece.Birth, ContentChecksum.Sha256);
            if (BlobReference.Read(bytes.Span, place, default, _c) is not { } blob || BlobReader.Read(medium, blob, ContentChecksum.Sha256, _c) is not { } whole)
            {
                return null;
            }

            bytes = whole;
        }

        var record = CatalogRecord.Read(bytes.Span, ulong.MaxValue, default, _c, isSealed);
        return _c.HasFault ? null : record;
    }

    private void CopyFile(string path, CatalogRecord record, ulong asOf, bool isProven, string? reason)
    {
        var begun = false;
        void Begin()
        {
            if (!begun)
            {
                target?.Begin(path, Metadata(record));
                begun = true;
            }
        }

        var fate = content.Read(record, asOf, (offset, bytes) =>
        {
            Begin();
            target?.Put(path, offset, bytes);
        });
        var outcome = fate.Missing.Count == 0 ? SalvageOutcome.Whole : fate.HasBytes ? SalvageOutcome.Partial : SalvageOutcome.Lost;
        if (outcome != SalvageOutcome.Lost)
        {
            Begin();
            target?.End(path, record.Size, Metadata(record));
        }

        Tell(new SalvagedEntry(
            path, record.Type, outcome, record.Size, fate.MissingBytes, [.. fate.Missing.Take(SalvagedEntry.MaxRanges)], isProven && fate.IsProven, fate.Reason ?? reason));
    }

    private void CopyLink(string path, CatalogRecord record, KeyPiece piece)
    {
        var isProven = piece.IsProven;
        var bytes = new List<byte>();
        var fate = record.Size <= Format.MaxLinkTarget ? content.Read(record, piece.Birth, (_, part) => bytes.AddRange(part.Span)) : new ContentFate();
        var isTarget = bytes.Count == record.Size && bytes.Count > 0 && !bytes.Contains(0) && Text.IsUtf8([.. bytes]);
        if (content.CanDecode ? isTarget : fate.Missing.Count == 0)
        {
            target?.Link(path, Text.Decode([.. bytes]), Metadata(record));
            Tell(new SalvagedEntry(path, record.Type, SalvageOutcome.Whole, record.Size, 0, [], isProven && fate.IsProven, null));
        }
        else
        {
            Tell(new SalvagedEntry(path, record.Type, SalvageOutcome.Lost, record.Size, record.Size, fate.Missing, isProven, fate.Reason ?? "it leads nowhere"));
        }
    }

    /// <summary>A record for a content that has none: as long as its last chunk reaches, in chunks as large as its largest.</summary>
    private static CatalogRecord? Guess(TreeSalvage contentTree, ulong id)
    {
        var (last, lastLength, largest) = (0UL, 0u, 0u);
        foreach (var (key, value, _) in contentTree.RecordsIn(new ChunkKey(id, 0).Write(), new ChunkKey(id, ulong.MaxValue).Write()))
        {
            if (key.Length == ChunkKey.Length && value.Bytes.Length >= BlobReference.FixedLength)
            {
                lastLength = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(value.Bytes.Span);
                (last, largest) = (ChunkKey.Read(key).Number, Math.Max(largest, lastLength));
            }
        }

        var shift = Math.Max(Format.MinChunkShift, BitOperations.Log2(BitOperations.RoundUpToPowerOf2((ulong)largest)));
        var size = ((UInt128)last << shift) + lastLength;
        return largest == 0 || shift > Format.MaxChunkShift || size > long.MaxValue
            ? null
            : new CatalogRecord { Type = EntryType.File, Mode = NamelessMode, ChunkShift = (byte)shift, Size = (long)size, FileId = id };
    }

    private string? NameFor(ulong id)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Folder}{id}");
        return target is null || !target.Has(path) ? path : null;
    }

    private EntryMetadata Metadata(CatalogRecord record) => new()
    {
        Mode = record.Mode,
        Uid = record.Uid,
        Gid = record.Gid,
        Owner = Text.Decode(record.Owner),
        Created = record.Created,
        Modified = record.Modified,
        ChunkShift = record.HasContent ? record.ChunkShift : null,
        Codec = record.Codec is { } choice && options.Codecs.Any(codec => codec.Id == choice.Codec && codec.IsAvailable) ? choice : null,
        ContentType = Values(record, AttributeKind.ContentType).Select(attribute => Text.Decode(attribute.Value)).FirstOrDefault(),
        UserMetadata = Values(record, AttributeKind.UserMetadata).ToDictionary(attribute => Text.Decode(attribute.Name), attribute => Text.Decode(attribute.Value), StringComparer.Ordinal),
        ExtendedAttributes = Values(record, AttributeKind.ExtendedAttribute).ToDictionary(attribute => Text.Decode(attribute.Name), attribute => attribute.Value, StringComparer.Ordinal),
    };

    private static IEnumerable<EntryAttribute> Values(CatalogRecord record, AttributeKind kind) => record.Attributes.Where(attribute => attribute.Kind == kind);

    private void Tell(SalvagedEntry entry)
    {
        report.Whole += entry.Outcome == SalvageOutcome.Whole ? 1 : 0;
        report.Partial += entry.Outcome == SalvageOutcome.Partial ? 1 : 0;
        report.Lost += entry.Outcome == SalvageOutcome.Lost ? 1 : 0;
        report.Unproven += entry.IsProven ? 0 : 1;
        options.Each?.Invoke(entry);
    }
}
