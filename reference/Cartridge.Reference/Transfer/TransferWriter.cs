using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>Writes a stream: its head, and records of which each carries the hash of all that came before it.</summary>
internal sealed class TransferWriter : IDisposable
{
    private readonly Stream _destination;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _record = new byte[TransferFormat.RecordHeadLength + TransferFormat.MaxEntryLength + Format.HashLength];
    private Hash256 _chain;

    public TransferWriter(Stream destination, in TransferHead head)
    {
        _destination = destination;
        var bytes = head.Write();
        _chain = new Hash256(bytes.AsSpan(TransferHeadFieldLocations.HeadHash));
        Put(bytes);
    }

    /// <summary>Bytes written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Records written.</summary>
    public ulong Records { get; private set; }

    public void Entry(ReadOnlySpan<byte> payload) => Record(TransferRecordType.Entry, payload, []);

    public void Segment(ulong number, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[TransferFormat.SegmentNumberLength];
        BinaryPrimitives.WriteUInt64LittleEndian(head, number);
        Record(TransferRecordType.Segment, head, bytes);
    }

    public void Removal(byte[] path) => Record(TransferRecordType.Removal, path, []);

    public void End(in Hash256 result)
    {
        Span<byte> count = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(count, Records);
        Record(TransferRecordType.End, count, result.AsSpan());
    }

    public void Dispose() => _hash.Dispose();

    private void Record(TransferRecordType type, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var fields = new FieldWriter(_record);
        fields.U8((byte)type);
        fields.U32((uint)(first.Length + second.Length));
        fields.Put(first);
        fields.Put(second);
        _hash.AppendData(_chain.AsSpan());
        _hash.AppendData(_record, 0, fields.Position);
        _hash.GetHashAndReset(_chain);
        fields.Hash(_chain);
        Records++;
        Put(_record.AsSpan(0, fields.Position));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _destination.Write(bytes);
        Bytes += bytes.Length;
    }
}
