namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>Blocks that a step of compaction moves at most unless something else is asked for: 256 MiB.</summary>
    public const int DefaultCompactionBlocks = 65_536;

    /// <summary>
    /// Moves what stands at the end of the container into free blocks farther down, and gives the end back to the system.
    /// Entries, snapshots and their hashes of content stay as they are. A step consists of ordinary commits, so it may be
    /// killed at any moment; call again until it is complete. Each step reads all nodes, and the chunks that it moves.
    /// </summary>
    /// <param name="maxBlocks">Blocks of 4096 bytes to free at the end in this step, 1 or more.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: a transaction or another operation is under way;
    /// <c>api.read-only</c>, <c>api.poisoned</c>; or something that would have to be moved is damaged.</exception>
    /// <exception cref="IOException">The system refused; unless the handle is poisoned, the container is as it was after the
    /// last commit.</exception>
    public CompactionStep Compact(int maxBlocks = DefaultCompactionBlocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBlocks, 1);
        using var access = Enter();
        RequireNoOperation();
        var publisher = Writable();
        if (_transaction is not null)
        {
            throw new CartridgeException(ErrorCode.BadArgument, "Compaction makes commits of its own and cannot be a part of a transaction.");
        }

        PublishChanges();
        publisher.Publish(mayGrow: false); // What was freed last becomes reusable.
        var moved = 0;
        for (var blocks = (ulong)maxBlocks; moved == 0 && blocks > 0; blocks /= 2)
        {
            // Where there is not enough room below for so many, half of them may find some.
            moved = TryMove(publisher, _draft.Space.PageBefore(blocks, LeastTotal));
        }

        var before = _draft.Space.Total;
        GiveEndBack(publisher);
        return new CompactionStep(moved, _draft.Space.Total, IsComplete: moved == 0 || (before == _draft.Space.Total && _draft.Space.Total <= LeastTotal));
    }

    /// <summary>No container becomes smaller than what it reaches and what its next change needs.</summary>
    private ulong LeastTotal => _draft.Space.Total - _draft.Space.Free + (2 * (ulong)_draft.ReserveForDeletions);

    private int TryMove(Publisher publisher, ulong from)
    {
        if (_draft.Space.UsedFrom(from) == 0)
        {
            return 0;
        }

        var before = _draft.Mark();
        _draft.Space.Withhold(from);
        try
        {
            var relocation = new Relocation(_draft, from);
            relocation.Run();
            publisher.Publish(mayGrow: false);
            return relocation.Moved;
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.LimitExceeded && !publisher.IsPoisoned)
        {
            _draft.Undo(before);
            return 0;
        }
        catch when (!publisher.IsPoisoned)
        {
            _draft.Undo(before);
            throw;
        }
        finally
        {
            _draft.Space.GiveBack();
        }
    }

    /// <summary>
    /// Lowers total blocks over what is reusable at the end. The file itself is cut one commit later, when no record counts on
    /// more (CART-LIF-113, CART-LIF-114).
    /// </summary>
    private void GiveEndBack(Publisher publisher)
    {
        publisher.Publish(mayGrow: false);
        if (_draft.Space.Cut(LeastTotal))
        {
            publisher.Publish(mayGrow: false);
            var since = _draft.Published.Generation;
            publisher.Publish(last: true, mayGrow: false);
            publisher.CutMedium(since);
        }
    }
}
