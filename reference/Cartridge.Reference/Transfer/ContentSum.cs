using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>
/// A sum over everything that belongs to a content: entries, and segments of what they hold. It is the same for the same content
/// however that came about, and can be kept up to date by subtracting what goes and adding what comes, at a cost that follows
/// the difference (spec/16-transfer.md, "Sums"). Whoever has kept one spares the next transfer a reading of everything; it is
/// bound to the state that it was computed for, and for any other it is passed over (CART-TRF-104).
/// </summary>
public sealed class ContentSum
{
    /// <summary>The length of a sum that is kept outside of a container, in bytes: a mark, the state, the lanes and a hash.</summary>
    public const int EncodedLength = MarkLength + Format.HashLength + LanesLength + Format.HashLength;

    private const int Lanes = 1024;
    private const int LanesLength = Lanes * sizeof(ushort);
    private const int Blocks = LanesLength / Format.HashLength;
    private const int MarkLength = 8;
    private const byte EntryMark = 1;
    private const byte SegmentMark = 2;

    private readonly ushort[] _lanes = new ushort[Lanes];

    internal ContentSum()
    {
    }

    internal static Hash256 DigestOfNothing { get; } = new ContentSum().HashOfLanes();

    /// <summary>What a sum that is kept begins with.</summary>
    private static ReadOnlySpan<byte> Mark => "CARTSUM\0"u8;

    /// <summary>The state that it belongs to, null as long as there is none.</summary>
    internal Hash256? State { get; set; }

    /// <summary>The digest of the sum, by which a delta names its base: 32 bytes of SHA-256.</summary>
    /// <returns>Two contents are the same exactly if this is.</returns>
    public byte[] Digest() => HashOfLanes().AsSpan().ToArray();

    /// <summary>Reads a sum that was kept; mirrors <see cref="ToBytes"/>.</summary>
    /// <param name="bytes">Any bytes. Who can write them can make a delta pass for one onto another base: they are to be kept as the container is.</param>
    /// <returns>The sum; null if it is none.</returns>
    public static ContentSum? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != EncodedLength || !bytes.StartsWith(Mark) || !Hash256.Of(bytes[..^Format.HashLength]).AsSpan().SequenceEqual(bytes[^Format.HashLength..]))
        {
            return null;
        }

        var sum = new ContentSum { State = new Hash256(bytes[MarkLength..]) };
        var lanes = bytes[(MarkLength + Format.HashLength)..];
        for (var i = 0; i < Lanes; i++)
        {
            sum._lanes[i] = BinaryPrimitives.ReadUInt16LittleEndian(lanes[(i * sizeof(ushort))..]);
        }

        return sum;
    }

    /// <summary>The sum, to be kept beside the container.</summary>
    /// <returns>Bytes that <see cref="FromBytes"/> reads.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it is that of no published state.</exception>
    public byte[] ToBytes()
    {
        var bytes = new byte[EncodedLength];
        var fields = new FieldWriter(bytes);
        fields.Put(Mark);
        fields.Hash(State ?? throw new CartridgeException(ErrorCode.BadArgument, "The sum belongs to no published state."));
        fields.Put(LanesAsBytes());
        fields.Hash(Hash256.Of(bytes.AsSpan(0, fields.Position)));
        return bytes;
    }

    internal Hash256 HashOfLanes() => Hash256.Of(LanesAsBytes());

    /// <summary>Another one with the same lanes, which belongs to no state yet.</summary>
    internal ContentSum Copy()
    {
        var copy = new ContentSum();
        _lanes.CopyTo(copy._lanes, 0);
        return copy;
    }

    /// <summary>Adds or subtracts an entry, given as a full stream has it.</summary>
    internal void Entry(ReadOnlySpan<byte> payload, bool adds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([EntryMark]);
        hash.AppendData(payload);
        Element(hash, adds);
    }

    /// <summary>Adds or subtracts a segment without the zeros at its end; one of zeros is none.</summary>
    internal void Segment(byte[] path, ulong number, ReadOnlySpan<byte> bytes, bool adds)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Span<byte> head = stackalloc byte[1 + sizeof(ushort)];
        Span<byte> place = stackalloc byte[sizeof(ulong)];
        head[0] = SegmentMark;
        BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)path.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(place, number);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(path);
        hash.AppendData(place);
        hash.AppendData(bytes);
        Element(hash, adds);
    }

    private void Element(IncrementalHash hash, bool adds)
    {
        Span<byte> seed = stackalloc byte[Format.HashLength + 1];
        hash.GetHashAndReset(seed);
        Span<byte> expanded = stackalloc byte[LanesLength];
        for (var block = 0; block < Blocks; block++)
        {
            seed[Format.HashLength] = (byte)block;
            SHA256.HashData(seed, expanded[(block * Format.HashLength)..]);
        }

        for (var i = 0; i < Lanes; i++)
        {
            var lane = BinaryPrimitives.ReadUInt16LittleEndian(expanded[(i * sizeof(ushort))..]);
            _lanes[i] = unchecked((ushort)(adds ? _lanes[i] + lane : _lanes[i] - lane));
        }
    }

    private byte[] LanesAsBytes()
    {
        var bytes = new byte[LanesLength];
        var fields = new FieldWriter(bytes);
        foreach (var lane in _lanes)
        {
            fields.U16(lane);
        }

        return bytes;
    }
}
