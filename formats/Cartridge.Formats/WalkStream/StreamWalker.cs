using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using Cartridge.Formats.Walk;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkStream;

/// <summary>An entry of a stream: what its record says, and the segments that follow it.</summary>
/// <param name="Path">The path's bytes.</param>
/// <param name="Type">1 file, 2 directory, 3 symbolic link.</param>
/// <param name="Size">The size.</param>
/// <param name="IsPatch">Whether what the base has of the content stays.</param>
/// <param name="Segments">The segments by number, without the zeros at their ends.</param>
public sealed record StreamEntry(byte[] Path, int Type, ulong Size, bool IsPatch, IReadOnlyDictionary<ulong, byte[]> Segments);

/// <summary>
/// Walks a stream with the parser that is generated from <c>formats/cartridge_stream.ksy</c>, and checks what no description can say:
/// hashes, order, sums. It shares nothing with the engine, and stops at the first fault. For streams that fit into memory.
/// </summary>
public sealed class StreamWalker
{
    private const int HeadLength = 80;
    private const int HashLength = 32;
    private const int RecordHeadLength = 5;
    private const ulong SegmentLength = 65_536;

    private readonly List<StreamEntry> _entries = [];
    private readonly List<byte[]> _removals = [];
    private readonly byte[] _stream;
    private readonly ushort[] _sum = new ushort[1024];
    private byte[] _path = [];

    private StreamWalker(byte[] stream) => _stream = stream;

    /// <summary>Whether it is a full stream.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Entries in their order.</summary>
    public IReadOnlyList<StreamEntry> Entries => _entries;

    /// <summary>Paths that go.</summary>
    public IReadOnlyList<byte[]> Removals => _removals;

    /// <summary>The digest of the content that comes out, as the stream states it.</summary>
    public string ResultDigest { get; private set; } = "";

    /// <summary>Walks a stream.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="WalkException">The stream is not sound.</exception>
    public static StreamWalker Walk(byte[] stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        StreamWalker walker = new(stream);
        walker.Run();
        return walker;
    }

    private void Run()
    {
        CartridgeStream parsed = Parsed();
        IsFull = parsed.Head.Kind == CartridgeStream.StreamKind.Full;
        Require(SHA256.HashData(_stream.AsSpan(0, HeadLength - HashLength)).AsSpan().SequenceEqual(parsed.Head.HeadHash), "CART-TRF-005", "transfer.checksum-mismatch", null, $"the head hash");
        Require(!IsFull || parsed.Head.BaseDigest.AsSpan().SequenceEqual(Digest()), "CART-TRF-006", "transfer.bad-stream", null, $"a full stream with a base");
        byte[] chain = parsed.Head.HeadHash;
        int offset = HeadLength;
        foreach (CartridgeStream.StreamRecord record in parsed.Records)
        {
            int length = RecordHeadLength + (int)record.Length;
            chain = SHA256.HashData([.. chain, .. _stream.AsSpan(offset, length)]);
            Require(chain.AsSpan().SequenceEqual(record.ChainHash), "CART-TRF-010", "transfer.checksum-mismatch", null, $"the record at byte {offset}");
            offset += length + HashLength;
            Tell(record, (ulong)parsed.Records.Count - 1);
        }

        Require(offset == _stream.Length, "CART-TRF-011", "transfer.bad-stream", null, $"the stream goes on at byte {offset}");
        Require(!IsFull || Convert.ToHexStringLower(Digest()) == ResultDigest, "CART-TRF-023", "transfer.wrong-result", null, $"another content comes out");
    }

    private CartridgeStream Parsed()
    {
        try
        {
            CartridgeStream parsed = new(new KaitaiStream(_stream));
            return parsed;
        }
        catch (ValidationFailedError error) when (CartridgeStreamFaults.Find(error.SrcPath) is { } fault)
        {
            throw new WalkException(fault.Requirement, fault.Fault, null, $"{fault.Field}, {error.Message}", error);
        }
        catch (KaitaiStructError error)
        {
            throw new WalkException("CART-TRF-007", "transfer.truncated", null, error.Message, error);
        }
    }

    private void Tell(CartridgeStream.StreamRecord record, ulong recordsBefore)
    {
        switch (record.Payload)
        {
            case CartridgeStream.StreamEntry entry:
                Comes(entry.Path);
                bool isPatch = entry.Action == CartridgeStream.Action.Patch;
                bool mayPatch = !IsFull && entry.Type == CartridgeStream.EntryType.File;
                Require(!isPatch || mayPatch, "CART-TRF-013", "transfer.bad-stream", null, $"an action of 2");
                _entries.Add(new(entry.Path, (int)entry.Type, entry.Size, isPatch, new SortedDictionary<ulong, byte[]>()));
                Add([1, .. record.M_RawPayload]);
                break;
            case CartridgeStream.StreamSegment segment:
                Segment(segment);
                break;
            case CartridgeStream.StreamRemoval removal:
                Require(!IsFull, "CART-TRF-015", "transfer.bad-stream", null, $"a removal in a full stream");
                Comes(removal.Path);
                _removals.Add(removal.Path);
                break;
            case CartridgeStream.StreamEnd end:
                Require(end.RecordCount == recordsBefore, "CART-TRF-020", "transfer.bad-stream", null, $"{end.RecordCount} records are counted, {recordsBefore} were there");
                ResultDigest = Convert.ToHexStringLower(end.ResultDigest);
                break;
        }
    }

    private void Segment(CartridgeStream.StreamSegment segment)
    {
        StreamEntry? entry = _entries.Count > 0 && _path.AsSpan().SequenceEqual(_entries[^1].Path) ? _entries[^1] : null;
        Require(entry is { Type: not 2 }, "CART-TRF-016", "transfer.bad-stream", null, $"a segment of nothing that has content");
        var segments = (SortedDictionary<ulong, byte[]>)entry.Segments;
        Require(segments.Count == 0 || segments.Keys.Last() < segment.Number, "CART-TRF-017", "transfer.bad-stream", null, $"segment {segment.Number} comes late");
        UInt128 end = ((UInt128)segment.Number * SegmentLength) + (ulong)segment.Bytes.Length;
        Require(end <= entry.Size, "CART-TRF-018", "transfer.bad-stream", null, $"segment {segment.Number} ends at {end} of {entry.Size}");
        bool isTrimmed = segment.Bytes.Length > 0 ? segment.Bytes[^1] != 0 : entry.IsPatch;
        Require(isTrimmed, "CART-TRF-019", "transfer.bad-stream", null, $"zeros that are not sent");
        segments.Add(segment.Number, segment.Bytes);
        Add([2, .. BitConverter.GetBytes((ushort)_path.Length), .. _path, .. BitConverter.GetBytes(segment.Number), .. segment.Bytes]);
    }

    private void Comes(byte[] path)
    {
        Require(_path.AsSpan().SequenceCompareTo(path) < 0, "CART-TRF-014", "transfer.bad-stream", null, $"a path that comes late");
        _path = path;
    }

    /// <summary>Adds an element to the sum.</summary>
    private void Add(ReadOnlySpan<byte> element)
    {
        byte[] hash = SHA256.HashData(element);
        for (int block = 0; block < 64; block++)
        {
            byte[] lanes = SHA256.HashData([.. hash, (byte)block]);
            for (int lane = 0; lane < 16; lane++)
            {
                int at = (block * 16) + lane;
                _sum[at] = unchecked((ushort)(_sum[at] + lanes[2 * lane] + (lanes[(2 * lane) + 1] << 8)));
            }
        }
    }

    private byte[] Digest()
    {
        byte[] bytes = new byte[2048];
        for (int i = 0; i < _sum.Length; i++)
        {
            (bytes[2 * i], bytes[(2 * i) + 1]) = ((byte)(_sum[i] & 0xFF), (byte)(_sum[i] >> 8));
        }

        return SHA256.HashData(bytes);
    }
}
