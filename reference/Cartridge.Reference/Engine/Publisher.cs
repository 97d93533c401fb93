namespace Cartridge.Reference;

/// <summary>
/// Publishes a draft: pages first, a sync (CART-COM-107), the record, a sync (CART-COM-108). Whenever the power fails in
/// between, one of the two records still gives a whole state (spec/04-commit.md, "The commit protocol").
/// </summary>
internal sealed class Publisher(Draft draft, PinTable pins, Func<long> clock)
{
    private const int MapEvery = 1024;

    private IMedium Medium => draft.Medium;

    /// <summary>Whether a sync or the write of a record has failed: then nobody knows what is on the medium (CART-COM-115).</summary>
    public bool IsPoisoned { get; private set; }

    /// <summary>Publishes what the draft holds, changed or not, as the next generation.</summary>
    /// <param name="last">Whether the writer is about to go: then the free map is written even if it needs a blob.</param>
    /// <param name="mayGrow">Whether the container may grow ahead of need.</param>
    public void Publish(bool last = false, bool mayGrow = true)
    {
        RequireGeneration();
        var before = draft.Mark();
        try
        {
            var record = Prepare(last, mayGrow);
            Sync();
            WriteRecord(record);
        }
        catch when (!IsPoisoned)
        {
            draft.Undo(before);
            throw;
        }
    }

    /// <summary>Makes sure that there is a next generation: numbers end, even if no writer gets there by counting.</summary>
    /// <exception cref="CartridgeException"><c>limit.exceeded</c>.</exception>
    public void RequireGeneration()
    {
        if (draft.Published.Generation == ulong.MaxValue)
        {
            throw new CartridgeException(ErrorCode.LimitExceeded, "The container has reached the last generation; it can only be read.");
        }
    }

    /// <summary>
    /// Writes the newest record's identical bytes again and syncs. Its writer may have been killed before its sync: what we
    /// see may not be durable, and our own commit would then overwrite the only durable one (CART-COM-112).
    /// </summary>
    public void Confirm(byte[] recordPage, int number)
    {
        Poisoning(() => Medium.Write(Pages.OffsetOf((ulong)number), recordPage));
        Sync();
    }

    /// <summary>Gives every fresh node a reusable page (CART-COM-106), writes all pages, and makes the record that leads to them.</summary>
    private CommitRecord Prepare(bool last, bool mayGrow)
    {
        var old = draft.Published;
        draft.Space.EndOperation();
        draft.WriteNodes();
        if (FreeMap.Read(old, draft.Identity.ContentChecksum, new StrictChecker()).Blob is { } oldMap)
        {
            draft.Free(oldMap);
        }

        var mapRoom = ReserveMap(last);
        if (mayGrow && Growth.IsDue(draft.Space.Free, draft.Space.Total, old.GrowthThreshold))
        {
            GrowAhead();
        }

        return old with
        {
            Generation = draft.Generation,
            Time = clock(),
            Catalog = draft.Catalog.ToReference(),
            Content = draft.Content.ToReference(),
            System = draft.System.ToReference(),
            Title = draft.Title,
            KeySlots = draft.KeySlots,
            DefaultCodec = draft.DefaultCodec,
            NextFileId = draft.NextFileId,
            NextSnapshotId = draft.NextSnapshotId,
            BaseSnapshot = draft.BaseSnapshot,
            FreeMapField = WriteMap(mapRoom).Write(),
            TotalBlocks = draft.Space.Total,
            FreeBlocks = draft.Space.Free,
        };
    }

    /// <summary>Grows before there is need. Where the system refuses, the commit has all it needs and goes on without.</summary>
    private void GrowAhead()
    {
        try
        {
            draft.Space.Grow();
        }
        catch (IOException)
        {
            // Whoever needs more than there is will be told.
        }
    }

    /// <summary>
    /// Blocks for a map that the record itself cannot hold; none where it can, or need not have one now (CART-SPC-104,
    /// CART-SPC-105).
    /// </summary>
    private List<Run> ReserveMap(bool last)
    {
        if (draft.Space.ExtentCount <= FreeMap.MaxInlineExtents - 2 || !(last || draft.Generation % MapEvery == 0))
        {
            return [];
        }

        // Taking the blocks and growing may each add an extent: an upper bound first, the surplus goes back.
        var bound = BlobReference.PagesFor((long)(draft.Space.ExtentCount + Format.MaxRuns + 2) * FreeExtent.EncodedLength);
        if (bound * Format.PageSize > Format.MaxLongValue || draft.Space.Ready < (ulong)bound)
        {
            return [];
        }

        var runs = draft.Space.Allocate(bound);
        if (runs.Count <= Format.MaxRuns)
        {
            return runs;
        }

        GiveBack(runs);
        return [];
    }

    /// <summary>Writes the map where there is room for it: in the record (CART-SPC-103), in the reserved blocks, or not at all.</summary>
    private FreeMap WriteMap(List<Run> room)
    {
        if (room.Count == 0)
        {
            return draft.Space.ExtentCount <= FreeMap.MaxInlineExtents ? FreeMap.Inline(draft.Space.ToExtents()) : FreeMap.Absent;
        }

        // Giving a surplus block back can change the number of extents by one, so the length is settled step by step.
        var spare = new Stack<ulong>(room.SelectMany(run => run.AllPages));
        var used = spare.Count;
        var needed = BlobReference.PagesFor((long)draft.Space.ExtentCount * FreeExtent.EncodedLength);
        while (used > Math.Max(needed, 1))
        {
            draft.Space.Release(spare.Pop(), 1, draft.Generation, draft.Generation);
            used--;
            needed = BlobReference.PagesFor((long)draft.Space.ExtentCount * FreeExtent.EncodedLength);
        }

        var runs = RunsOf(spare.Reverse());
        var bytes = FreeMap.EncodeExtents(draft.Space.ToExtents());
        if (bytes.Length == 0 || BlobReference.PagesFor(bytes.Length) != used || runs.Count > Format.MaxRuns)
        {
            GiveBack(runs);
            return FreeMap.Absent;
        }

        BlobWriter.Write(Medium, runs, bytes);
        return FreeMap.InBlob(new BlobReference
        {
            LogicalLength = (uint)bytes.Length,
            StoredLength = (uint)bytes.Length,
            Birth = draft.Generation,
            Checksum = Hash256.Of(bytes),
            Runs = [.. runs],
        });
    }

    private void GiveBack(List<Run> runs)
    {
        foreach (var run in runs)
        {
            draft.Space.Release(run.Page, run.Pages, draft.Generation, draft.Generation);
        }
    }

    // The whole page with one call (CART-COM-109).
    private void WriteRecord(CommitRecord record)
    {
        var page = new byte[Format.PageSize];
        record = record.Write(draft.Identity, page, draft.Pool.Keys);
        Poisoning(() => Medium.Write(Pages.OffsetOf((ulong)CommitRecord.PageOf(record.Generation)), page));
        Sync();
        draft.Begin(record);
        Mature();
    }

    /// <summary>Looks which generations are pinned, and lets the blocks mature that no pinned state reaches (CART-LIF-102).</summary>
    public void Mature()
    {
        var newest = draft.Published.Generation;
        var (own, others) = (pins.Oldest, Medium.Locks.OldestPin(newest));
        draft.Space.Mature(newest, own is null || others < own ? others : own);
    }

    /// <summary>
    /// Cuts the file to what the state counts on, once both records count on no more, unless a reader is pinned to a state
    /// before the one that gave the end up (CART-LIF-114).
    /// </summary>
    /// <param name="since">The generation that gave the end up.</param>
    public void CutMedium(ulong since)
    {
        var (own, others) = (pins.Oldest, Medium.Locks.OldestPin(draft.Published.Generation));
        if ((own ?? since) >= since && (others ?? since) >= since && draft.Published.Generation > since && Medium.Length > Pages.OffsetOf(draft.Space.Total))
        {
            Medium.SetLength(Pages.OffsetOf(draft.Space.Total));
        }
    }

    private void Sync() => Poisoning(Medium.Sync);

    /// <summary>After these calls a failure leaves the outcome unknown: some of the bytes may have become durable.</summary>
    private void Poisoning(Action call)
    {
        try
        {
            call();
        }
        catch
        {
            IsPoisoned = true;
            throw;
        }
    }

    private static List<Run> RunsOf(IEnumerable<ulong> pages)
    {
        var runs = new List<Run>();
        foreach (var page in pages)
        {
            if (runs.Count > 0 && runs[^1] is var last && last.Page + last.Pages == page && last.Pages < ushort.MaxValue)
            {
                runs[^1] = last with { Pages = (ushort)(last.Pages + 1) };
            }
            else
            {
                runs.Add(new Run(page, 1));
            }
        }

        return runs;
    }
}
