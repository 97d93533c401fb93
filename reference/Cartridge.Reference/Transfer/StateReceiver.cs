namespace Cartridge.Reference;

/// <summary>
/// Carries out what a stream says, in the state in the making. Nothing of it is published before the sum of what came out is
/// the one that the sender states; whatever goes wrong before is taken back by whoever called.
/// </summary>
internal sealed class StateReceiver(Draft draft, ContentSum? known, Func<ulong> nextFileId) : ITransferTarget
{
    private readonly byte[] _buffer = new byte[TransferFormat.SegmentLength];
    private TransferEntry? _entry;
    private CatalogRecord? _record;

    /// <summary>The sum of the state, as far as it was received.</summary>
    public ContentSum Sum { get; private set; } = new();

    public void Begin(in TransferHead head, Checker c)
    {
        Sum = FileSegments.KnownOr(known, draft).Copy();

        // "The base digest MUST be that of the container's current content."
        _ = c.Skips(TransferRule.Base) || Sum.HashOfLanes().Equals(head.BaseDigest)
            || c.Fault(TransferRule.Base, new Place(null, TransferHeadFieldLocations.BaseDigest), WrongBase(head));
    }

    public void Entry(TransferEntry entry, Place at, Checker c)
    {
        Finish(at, c);
        var old = draft.Find(entry.Path);
        _entry = entry;
        _record = entry.Action == TransferAction.Patch ? BeginPatch(entry, old, at, c) : BeginWhole(entry, old);
        Sum.Entry(TransferEntry.Write(entry.Path, entry.Record), adds: true);
    }

    public void Segment(ulong number, ReadOnlySpan<byte> bytes)
    {
        var (path, record) = (_entry!.Path, _record!);
        var start = (long)number << TransferFormat.SegmentShift;
        if (_entry.Action == TransferAction.Patch)
        {
            Sum.Segment(path, number, draft.ReadSegment(record, number, _buffer, path), adds: false);
            if (bytes.Length < TransferFormat.SegmentLength)
            {
                record = draft.ClearContent(record, start, Math.Min(TransferFormat.SegmentLength, record.Size - start), path);
            }
        }
        else if (record.Size == 0 && number == 0)
        {
            record = record with { ChunkShift = ContentWriting.ShiftFor(bytes) };
        }

        _record = draft.WriteContent(record, start, bytes, path);
        Sum.Segment(path, number, bytes, adds: true);
        draft.Reserve(0, Purpose.Adding);
        draft.EndOperation(isFinal: false);
    }

    public void Removal(byte[] path, Place at, Checker c)
    {
        Finish(at, c);
        var old = draft.Find(path);

        // "A removal, and an entry with action 2, MUST be of something that the base has, the latter of a file."
        if ((c.Skips(TransferRule.Existing) || old is not null
            || c.Fault(TransferRule.Existing, at, $"the base has no {Text.Brief(path)}")) && old is not null)
        {
            Sum.Whole(draft, path, old, _buffer, adds: false);
            draft.DropContent(old, path);
            draft.Remove(path);
            draft.Reserve(0, Purpose.Deleting);
            draft.EndOperation(isFinal: false);
        }
    }

    public void End(in Hash256 result, Place at, Checker c)
    {
        Finish(at, c);

        // "The result digest MUST be that of the content that comes out."
        _ = c.Skips(TransferRule.Result) || Sum.HashOfLanes().Equals(result)
            || c.Fault(TransferRule.Result, at, $"the content that comes out has the digest {Sum.HashOfLanes()}, and {result} was to come out");
    }

    /// <summary>Checks the target of a link as a catalog has it.</summary>
    public static void CheckTarget(IState state, CatalogRecord link, byte[] path, Place at, Checker c)
    {
        if (LinkTarget.CheckLength(link.Size, at, c))
        {
            var target = new byte[link.Size];
            state.ReadContent(link, 0, target, path);
            LinkTarget.Check(target, at, c);
        }
    }

    /// <summary>An entry that comes with all of its content; what was there goes (CART-CAT-107).</summary>
    private CatalogRecord BeginWhole(TransferEntry entry, CatalogRecord? old)
    {
        if (old is not null)
        {
            Sum.Whole(draft, entry.Path, old, _buffer, adds: false);
            draft.DropContent(old, entry.Path);
        }

        return entry.HasContent ? entry.Record with { FileId = nextFileId(), Size = 0 } : entry.Record;
    }

    /// <summary>A file of which a part stays: cut to its size, before anything of it is replaced.</summary>
    private CatalogRecord BeginPatch(TransferEntry entry, CatalogRecord? old, Place at, Checker c)
    {
        // "A removal, and an entry with action 2, MUST be of something that the base has, the latter of a file."
        if (!(c.Skips(TransferRule.Existing) || old is { Type: EntryType.File }
            || c.Fault(TransferRule.Existing, at, $"the base has no file {Text.Brief(entry.Path)}")) || old is not { Type: EntryType.File })
        {
            return BeginWhole(entry, old);
        }

        var (path, size) = (entry.Path, entry.Record.Size);
        Sum.Entry(TransferEntry.Write(path, old), adds: false);
        var cut = (ulong)size >> TransferFormat.SegmentShift;
        if (size < old.Size)
        {
            foreach (var number in draft.SegmentsFrom(old, cut))
            {
                Sum.Segment(path, number, draft.ReadSegment(old, number, _buffer, path), adds: false);
            }
        }

        var record = draft.SetContentLength(old, size, path);
        if (size < old.Size)
        {
            Sum.Segment(path, cut, draft.ReadSegment(record, cut, _buffer, path), adds: true);
        }

        var told = entry.Record;
        return record with
        {
            Mode = told.Mode,
            Uid = told.Uid,
            Gid = told.Gid,
            Owner = told.Owner,
            Created = told.Created,
            Modified = told.Modified,
            Attributes = told.Attributes,
        };
    }

    /// <summary>Files the entry that was begun last.</summary>
    private void Finish(Place at, Checker c)
    {
        if (_entry is not { } entry || _record is not { } record)
        {
            return;
        }

        if (entry.HasContent)
        {
            record = draft.SetContentLength(record, entry.Record.Size, entry.Path);
            if (record.Type == EntryType.SymbolicLink)
            {
                CheckTarget(draft, record, entry.Path, at, c);
            }
        }

        draft.Put(entry.Path, record);
        draft.Reserve(0, Purpose.Adding);
        draft.EndOperation(isFinal: false);
        (_entry, _record) = (null, null);
    }

    private string WrongBase(in TransferHead head) => head.Kind == TransferKind.Full
        ? "a full stream goes into a container without entries, and this one has some"
        : $"the stream is one onto the content {head.BaseDigest}, and the container's is {Sum.HashOfLanes()}";
}
