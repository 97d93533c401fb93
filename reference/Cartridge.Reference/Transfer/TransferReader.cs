using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>A record of a stream, taken out of it and proved.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Payload">Its bytes; they stay until the next record is read.</param>
/// <param name="At">Where it begins.</param>
internal readonly record struct TransferRecord(TransferRecordType Type, ReadOnlyMemory<byte> Payload, Place At);

/// <summary>
/// Reads a stream from its beginning on, in memory that does not grow with it: every length is bounded before anything is
/// reserved for it. Mirrors <see cref="TransferWriter"/>.
/// </summary>
internal sealed class TransferReader(Stream source, Checker c) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _record = new byte[TransferFormat.RecordHeadLength + TransferFormat.MaxEntryLength + Format.HashLength];
    private Hash256 _chain;

    /// <summary>Bytes taken.</summary>
    public long Position { get; private set; }

    /// <summary>Records taken.</summary>
    public ulong Records { get; private set; }

    public TransferHead? ReadHead()
    {
        var bytes = new byte[TransferFormat.HeadLength];
        if (!Take(bytes))
        {
            return null;
        }

        _chain = new Hash256(bytes.AsSpan(TransferHeadFieldLocations.HeadHash));
        return TransferHead.Read(bytes, c);
    }

    /// <summary>The next record; null where the stream does not go on as it must.</summary>
    public TransferRecord? Next()
    {
        var at = Place;
        if (!Take(_record.AsSpan(0, TransferFormat.RecordHeadLength)))
        {
            return null;
        }

        // "The type of a record MUST be 1 to 4."
        var type = (TransferRecordType)_record[0];
        if (!(c.Skips(TransferRule.RecordType) || type is >= TransferRecordType.Entry and <= TransferRecordType.End
            || c.Fault(TransferRule.RecordType, at, $"a record of type {(byte)type}")))
        {
            return null;
        }

        // "The length of a payload MUST be one that its type allows."
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_record.AsSpan(1));
        var (least, most) = TransferFormat.PayloadLengths(type);
        if (!(c.Skips(TransferRule.RecordLength) || (length >= least && length <= most)
            || c.Fault(TransferRule.RecordLength, at.Field(1), $"a payload of {length} bytes in a record of type {(byte)type}; {least} to {most} are allowed"))
            || length > TransferFormat.MaxEntryLength)
        {
            return null;
        }

        var end = TransferFormat.RecordHeadLength + (int)length;
        if (!Take(_record.AsSpan(TransferFormat.RecordHeadLength, (int)length + Format.HashLength)))
        {
            return null;
        }

        _hash.AppendData(_chain.AsSpan());
        _hash.AppendData(_record, 0, end);
        _hash.GetHashAndReset(_chain);

        // "The chain hash of a record MUST be the SHA-256 of the chain hash before it and of the record's bytes up to it."
        if (!(c.Skips(TransferRule.Chain) || _chain.AsSpan().SequenceEqual(_record.AsSpan(end, Format.HashLength))
            || c.Fault(TransferRule.Chain, at, "the record, or something before it, is not what was sent")))
        {
            return null;
        }

        Records++;
        return new TransferRecord(type, _record.AsMemory(TransferFormat.RecordHeadLength, (int)length), at);
    }

    /// <summary>"Nothing MUST follow the end record."</summary>
    public bool CheckEnd()
    {
        var at = Place;
        return c.Skips(TransferRule.Trailing) || source.ReadByte() < 0
            || c.Fault(TransferRule.Trailing, at, "the stream goes on behind its end");
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>The offset in the stream, as far as a finding can name it.</summary>
    private Place Place => new(null, Position <= int.MaxValue ? (int)Position : null);

    /// <summary>"A stream MUST go on until its end record is whole."</summary>
    private bool Take(Span<byte> bytes)
    {
        var taken = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (taken == bytes.Length)
        {
            Position += taken;
            return true;
        }

        _ = c.Skips(TransferRule.Whole)
            || c.Fault(TransferRule.Whole, Place, $"the stream ends at byte {Position + taken}, before its end record");
        return false;
    }
}
