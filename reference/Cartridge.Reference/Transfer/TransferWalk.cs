using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>Who is told what a stream says. What arrives is checked as far as the stream itself can be.</summary>
internal interface ITransferTarget
{
    void Begin(in TransferHead head, Checker c);

    void Entry(TransferEntry entry, Place at, Checker c);

    void Segment(ulong number, ReadOnlySpan<byte> bytes);

    void Removal(byte[] path, Place at, Checker c);

    void End(in Hash256 result, Place at, Checker c);
}

/// <summary>Goes through a stream and checks what its records say together.</summary>
internal sealed class TransferWalk(Stream source, ITransferTarget? target, Checker c)
{
    private TransferKind _kind;
    private byte[] _path = [];
    private TransferEntry? _entry;
    private ulong? _number;

    /// <summary>Bytes of records that were found right: from there on a stream that was cut can be sent again.</summary>
    public long Proved { get; private set; }

    /// <summary>What the stream carries, once its head is read.</summary>
    public TransferHead Head { get; private set; }

    public ulong Entries { get; private set; }

    public ulong Removals { get; private set; }

    /// <summary>Reads all of it.</summary>
    /// <returns>Whether it is right; a strict checker does not let it come to no.</returns>
    public bool Run()
    {
        using var reader = new TransferReader(source, c);
        if (reader.ReadHead() is not { } head)
        {
            return false;
        }

        (_kind, Head, Proved) = (head.Kind, head, reader.Position);
        target?.Begin(head, c);
        while (reader.Next() is { } record)
        {
            if (record.Type == TransferRecordType.End)
            {
                return End(record, reader);
            }

            if (!Tell(record))
            {
                return false;
            }

            Proved = reader.Position;
        }

        return false;
    }

    private bool Tell(in TransferRecord record) => record.Type switch
    {
        TransferRecordType.Entry => Entry(record),
        TransferRecordType.Segment => Segment(record),
        TransferRecordType.Removal => Removal(record),
        _ => true, // another rule's matter
    };

    private bool Entry(in TransferRecord record)
    {
        if (TransferEntry.Read(record.Payload.Span, _kind, record.At, c) is not { } entry || !Comes(entry.Path, record.At))
        {
            return false;
        }

        (_entry, _number) = (entry, null);
        Entries++;
        target?.Entry(entry, record.At, c);
        return true;
    }

    private bool Segment(in TransferRecord record)
    {
        var number = BinaryPrimitives.ReadUInt64LittleEndian(record.Payload.Span);
        var bytes = record.Payload.Span[TransferFormat.SegmentNumberLength..];

        // "A segment MUST follow an entry that is a file or a link, or another segment."
        if (!(c.Skips(TransferRule.SegmentPlace) || _entry is { HasContent: true }
            || c.Fault(TransferRule.SegmentPlace, record.At, "a segment of nothing that has content")) || _entry is not { HasContent: true } entry)
        {
            return _entry is not null;
        }

        // "Segments of an entry MUST stand in ascending order of their numbers."
        if (!(c.Skips(TransferRule.SegmentOrder) || _number is null || number > _number
            || c.Fault(TransferRule.SegmentOrder, record.At, $"segment {number} behind segment {_number}")))
        {
            return false;
        }

        // "A segment MUST end within the size of its entry."
        var end = ((UInt128)number << TransferFormat.SegmentShift) + (uint)bytes.Length;
        if (!(c.Skips(TransferRule.SegmentWithinSize) || end <= (UInt128)entry.Record.Size
            || c.Fault(TransferRule.SegmentWithinSize, record.At, $"segment {number} ends at byte {end} of {entry.Record.Size}")) || end > long.MaxValue)
        {
            return false;
        }

        // "The last byte of a segment MUST NOT be zero, and only in an entry with action 2 a segment may be empty: it takes away what was there."
        if (!(c.Skips(TransferRule.SegmentZeros) || (bytes is [.., not 0]) || (bytes.IsEmpty && entry.Action == TransferAction.Patch)
            || c.Fault(TransferRule.SegmentZeros, record.At, "a segment with zeros that are not sent")))
        {
            return false;
        }

        _number = number;
        target?.Segment(number, bytes);
        return true;
    }

    private bool Removal(in TransferRecord record)
    {
        var path = record.Payload.ToArray();

        // "A removal MUST stand in a delta."
        if (!(c.Skips(TransferRule.RemovalInDelta) || _kind == TransferKind.Delta
            || c.Fault(TransferRule.RemovalInDelta, record.At, "a removal in a full stream"))
            || !CatalogPath.Check(path, record.At, c) || !Comes(path, record.At))
        {
            return false;
        }

        _entry = null;
        Removals++;
        target?.Removal(path, record.At, c);
        return true;
    }

    /// <summary>"Paths of entries and removals MUST stand in ascending order of their bytes, each once."</summary>
    private bool Comes(byte[] path, Place at)
    {
        var ok = c.Skips(TransferRule.Order) || _path.AsSpan().SequenceCompareTo(path) < 0
            || c.Fault(TransferRule.Order, at, $"{Text.Brief(path)} does not come after {Text.Brief(_path)}");
        _path = path;
        return ok;
    }

    private bool End(in TransferRecord record, TransferReader reader)
    {
        var fields = new FieldReader(record.Payload.Span);
        var (count, result) = (fields.U64(), fields.Hash());

        // "The end record MUST count the records before it."
        var sound = c.Skips(TransferRule.Count) || count == reader.Records - 1
            || c.Fault(TransferRule.Count, record.At, $"{count} records are counted, {reader.Records - 1} were there");
        if (!sound || !reader.CheckEnd())
        {
            return false;
        }

        target?.End(result, record.At, c);
        Proved = reader.Position;
        return true;
    }
}
