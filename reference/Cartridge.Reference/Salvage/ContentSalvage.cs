using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>What could be had of a content.</summary>
internal sealed class ContentFate
{
    public List<MissingRange> Missing { get; } = [];

    /// <summary>Whether any byte was handed on.</summary>
    public bool HasBytes { get; set; }

    public bool IsProven { get; set; } = true;

    public string? Reason { get; set; }

    public long MissingBytes => Missing.Sum(range => range.Length);
}

/// <summary>Gets content out of a broken container: every byte proved, or missing (CART-SLV-106).</summary>
/// <param name="medium">The container.</param>
/// <param name="tree">What is left of its content tree.</param>
/// <param name="coder">With the codecs that are there, and the keys if there are any.</param>
/// <param name="checksum">The checksum of content; null if the identity is gone and each reference has to tell.</param>
/// <param name="isSealed">Whether content is encrypted.</param>
internal sealed class ContentSalvage(IMedium medium, TreeSalvage tree, ContentCoder coder, ContentChecksum? checksum, bool isSealed)
{
    /// <summary>Zeros of holes that are hashed at most, to check a content hash.</summary>
    private const long MaxHashedZeros = 4L << 30;

    private static readonly byte[] Zeros = new byte[1 << 16];

    private readonly byte[] _stored = new byte[BlobReader.MaxLength];
    private readonly byte[] _content = new byte[1 << Format.MaxChunkShift];
    private readonly SalvageChecker _c = new();

    /// <summary>Whether what is stored can be turned into content at all.</summary>
    public bool CanDecode => !isSealed || coder.Keys is not null;

    /// <summary>Gets all that is left of a content.</summary>
    /// <param name="record">Whose content.</param>
    /// <param name="asOf">The birth of the leaf that the record stands in; 0 for a record that was guessed.</param>
    /// <param name="use">Takes an offset and the bytes there, in order; not called for what reads as zero.</param>
    public ContentFate Read(CatalogRecord record, ulong asOf, Action<long, ReadOnlyMemory<byte>> use)
    {
        var fate = new ContentFate();
        if (record.Inline is not null)
        {
            ReadInline(record, fate, use);
        }
        else if (record.Size > 0)
        {
            ReadChunks(record, asOf, fate, use);
        }

        return fate;
    }

    private void ReadInline(CatalogRecord record, ContentFate fate, Action<long, ReadOnlyMemory<byte>> use)
    {
        var content = record.Inline;
        if (record.InlineSeal is not null && CanDecode)
        {
            _c.HasFault = false;
            content = coder.DecryptInline(record.FileId, record.Inline, record.InlineSeal, default, _c);
            content = _c.HasFault ? null : content;
        }

        if (content is null)
        {
            Miss(fate, 0, record.Size, "its content cannot be decrypted");
            return;
        }

        fate.HasBytes = true;
        use(0, content);
    }

    private void ReadChunks(CatalogRecord record, ulong asOf, ContentFate fate, Action<long, ReadOnlyMemory<byte>> use)
    {
        var chunks = (ulong)((record.Size - 1) >> record.ChunkShift) + 1;
        var (low, high) = (new ChunkKey(record.FileId, 0).Write(), new ChunkKey(record.FileId, chunks).Write());
        foreach (var gap in tree.Cover.GapsIn(low, high))
        {
            var from = FirstChunk(gap.Low, record.FileId, chunks);
            var end = gap.High is null ? chunks : FirstChunk(gap.High, record.FileId, chunks);
            if (from < end)
            {
                Miss(fate, OffsetOf(record, from), OffsetOf(record, end), "a page of the content tree is gone");
            }
        }

        // A hole that only an old page vouches for is as doubtful as its content.
        fate.IsProven = tree.Cover.LeavesIn(low, high).All(leaf => leaf.IsProven);
        var doubtful = Doubtful(record, asOf, low, high, chunks);
        using var hash = CanDecode && record.ContentHash is not null && fate.Missing.Count == 0 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var (position, zeros) = (0L, 0L);
        foreach (var (key, value, piece) in tree.RecordsIn(low, high))
        {
            if (key.Length != ChunkKey.Length)
            {
                continue;
            }

            var number = ChunkKey.Read(key).Number;
            var start = OffsetOf(record, number);
            var length = ReadChunk(record, number, value, piece, out var logical);
            if (length < 0)
            {
                Miss(fate, start, Math.Min(record.Size, start + logical), "a part of its content is gone");
                continue;
            }

            fate.HasBytes = true;
            zeros += start - position;
            if (hash is not null && zeros <= MaxHashedZeros)
            {
                Append(hash, start - position);
                hash.AppendData(_content, 0, length);
                position = start + length;
            }

            if (CanDecode)
            {
                use(start, _content.AsMemory(0, length));
            }
        }

        Merge(fate.Missing);
        zeros += record.Size - position;
        if (hash is not null && fate.Missing.Count == 0 && zeros <= MaxHashedZeros)
        {
            Append(hash, record.Size - position);
            fate.IsProven = new Hash256(hash.GetHashAndReset()).Equals(record.ContentHash!.Value);
            fate.Reason = fate.IsProven ? null : "its content is not the one that its record has the hash of";
        }

        if (!fate.IsProven && doubtful.Count > 0)
        {
            fate.Missing.AddRange(doubtful);
            fate.Reason ??= "a page of the content tree is gone";
            Merge(fate.Missing);
        }
    }

    /// <summary>
    /// Where a chunk is missing according to a leaf that is older than the record: it may be a hole, and it may be a chunk that
    /// came later, and whose leaf is gone. What is not known to be a hole is not passed off as one.
    /// </summary>
    private List<MissingRange> Doubtful(CatalogRecord record, ulong asOf, byte[] low, byte[] high, ulong chunks)
    {
        List<MissingRange> ranges = [];
        foreach (var piece in tree.Cover.LeavesIn(low, high).Where(piece => !piece.IsProven && piece.AsOf < asOf))
        {
            var next = FirstChunk(piece.Low, record.FileId, chunks);
            var end = piece.High is null ? chunks : FirstChunk(piece.High, record.FileId, chunks);
            var present = tree.RecordsIn(piece, low, high).Where(entry => entry.Key.Length == ChunkKey.Length).Select(entry => ChunkKey.Read(entry.Key).Number);
            foreach (var number in present.Append(end))
            {
                if (number > next)
                {
                    ranges.Add(new MissingRange(OffsetOf(record, next), OffsetOf(record, number) - OffsetOf(record, next)));
                }

                next = Math.Max(next, number + 1);
            }
        }

        return ranges;
    }

    /// <summary>Reads a chunk into <see cref="_content"/>.</summary>
    /// <returns>Its length; -1 if it could not be had, and then how much is missing.</returns>
    private int ReadChunk(CatalogRecord record, ulong number, in TreeValue value, KeyPiece piece, out int logical)
    {
        logical = 1 << record.ChunkShift;
        _c.HasFault = false;
        var kind = checksum ?? ContentChecksum.Sha256;
        var place = new BlobPlace(new Bounds((ulong)Format.MaxBlocks, kind), logical, piece.Birth, kind, IsContent: true, isSealed);
        var blob = value.IsLong ? null : BlobReference.Read(value.Bytes.Span, place, default, _c);
        if (blob is null || _c.HasFault)
        {
            return -1;
        }

        logical = (int)blob.LogicalLength;
        if (OffsetOf(record, number) > record.Size - logical || !TryRead(blob, kind, out var stored))
        {
            return -1; // Of a file that was longer, or shorter, than its record says: not this one's.
        }

        if (!CanDecode)
        {
            return logical;
        }

        try
        {
            var sound = coder.Decode(blob, stored, _content.AsSpan(0, logical), new ChunkContext(record.FileId, number), _c);
            return sound && !_c.HasFault ? logical : -1;
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.CodecUnavailable)
        {
            return -1;
        }
    }

    private bool TryRead(BlobReference blob, ContentChecksum kind, out ReadOnlySpan<byte> stored)
    {
        if (BlobReader.TryRead(medium, blob, kind, _stored, _c, out stored) && !_c.HasFault)
        {
            return true;
        }

        // Nobody says which checksum this container has; what is no CRC-32C has other bytes behind the first four.
        if (checksum is not null || !Zero.All(blob.Checksum.AsSpan()[Checksums.CrcLength..]))
        {
            return false;
        }

        _c.HasFault = false;
        return BlobReader.TryRead(medium, blob, ContentChecksum.Crc32C, _stored, _c, out stored) && !_c.HasFault;
    }

    private static void Append(IncrementalHash hash, long zeros)
    {
        for (; zeros > 0; zeros -= Math.Min(zeros, Zeros.Length))
        {
            hash.AppendData(Zeros, 0, (int)Math.Min(zeros, Zeros.Length));
        }
    }

    private static void Miss(ContentFate fate, long from, long end, string reason)
    {
        fate.Missing.Add(new MissingRange(from, end - from));
        fate.Reason ??= reason;
    }

    private static void Merge(List<MissingRange> ranges)
    {
        ranges.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        var kept = 0;
        for (var i = 1; i < ranges.Count; i++)
        {
            var (last, next) = (ranges[kept], ranges[i]);
            if (next.Offset <= last.Offset + last.Length)
            {
                ranges[kept] = last with { Length = Math.Max(last.Length, next.Offset + next.Length - last.Offset) };
            }
            else
            {
                ranges[++kept] = next;
            }
        }

        if (ranges.Count > 0)
        {
            ranges.RemoveRange(kept + 1, ranges.Count - kept - 1);
        }
    }

    private static long OffsetOf(CatalogRecord record, ulong chunk) => (long)UInt128.Min((UInt128)chunk << record.ChunkShift, (UInt128)record.Size);

    /// <summary>The first chunk of a file whose key does not come before a boundary, which need not be a key.</summary>
    private static ulong FirstChunk(byte[] boundary, ulong fileId, ulong chunks)
    {
        Span<byte> padded = stackalloc byte[ChunkKey.Length];
        padded.Clear();
        boundary.AsSpan(0, Math.Min(boundary.Length, ChunkKey.Length)).CopyTo(padded);
        var (id, number) = (BinaryPrimitives.ReadUInt64BigEndian(padded), BinaryPrimitives.ReadUInt64BigEndian(padded[sizeof(ulong)..]));
        var behind = boundary.Length > ChunkKey.Length ? 1UL : 0;
        return id < fileId ? 0 : id > fileId ? chunks : Math.Min(chunks, number == ulong.MaxValue ? number : number + behind);
    }
}
