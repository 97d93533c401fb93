namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>The key slots in use, as far as they are no secret; none where nothing is encrypted.</summary>
    /// <returns>In the order of their numbers.</returns>
    public IReadOnlyList<KeySlotInfo> GetKeySlots()
    {
        using var access = Enter();
        return _draft.KeySlots is { Length: > 0 } slots
            ? [.. KeySlot.InUse(slots).Select(used => new KeySlotInfo(used.Number, used.Slot.Kind, (int)used.Slot.Rounds))]
            : [];
    }

    /// <summary>The number of the key slot that this handle was opened by; null without a key.</summary>
    public int? OpenedKeySlot => Pool.Keys?.OpenedSlot;

    /// <summary>Lets one more key open the container. An operation like any other.</summary>
    /// <param name="key">The key; not kept.</param>
    /// <param name="rounds">For a passphrase: rounds of its derivation, 600,000 to 2,000,000.</param>
    /// <returns>The number of its slot.</returns>
    /// <exception cref="CartridgeException"><c>limit.exceeded</c>: all eight slots are in use. <c>api.bad-argument</c>: the
    /// container is not encrypted. <c>api.read-only</c>, <c>api.poisoned</c>.</exception>
    public int AddKey(CartridgeKey key, int rounds = KeySlot.MinRounds)
    {
        using var access = Enter();
        var used = GetKeySlots().Select(slot => slot.Number).ToHashSet();
        var free = Enumerable.Range(0, KeySlot.Count).Where(number => !used.Contains(number)).DefaultIfEmpty(-1).First();
        if (free < 0)
        {
            throw new CartridgeException(ErrorCode.LimitExceeded, $"All {KeySlot.Count} key slots are in use.");
        }

        WrapInto(free, key, rounds);
        return free;
    }

    /// <summary>
    /// Takes a key's slot away. It opens the container no more; whoever opened it before may have kept the master key, or an
    /// older copy of the file (spec/11-encryption.md, "Threat model").
    /// </summary>
    /// <param name="slot">The slot's number.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: the slot is not in use. <c>api.bad-argument</c>: it is the last.
    /// <c>api.read-only</c>, <c>api.poisoned</c>.</exception>
    public void RemoveKey(int slot)
    {
        using var access = Enter();
        var used = GetKeySlots();
        if (!used.Any(info => info.Number == slot))
        {
            throw new CartridgeException(ErrorCode.NotFound, $"Key slot {slot} is not in use.");
        }

        if (used.Count == 1)
        {
            throw new CartridgeException(ErrorCode.BadArgument, "This is the last key slot; without it nobody could open the container.");
        }

        ChangeSlots(slots => KeySlot.In(slots.AsSpan(), slot).Clear());
    }

    /// <summary>
    /// Puts a new key in the place of the one that this handle was opened with, in one commit. The master key, under which
    /// content is encrypted, stays: this does not shut out anybody who has it.
    /// </summary>
    /// <param name="key">The new key; not kept.</param>
    /// <param name="rounds">For a passphrase: rounds of its derivation, 600,000 to 2,000,000.</param>
    /// <returns>The number of the slot.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: the container is not encrypted, or the slot was removed
    /// meanwhile. <c>api.read-only</c>, <c>api.poisoned</c>.</exception>
    public int RotateKey(CartridgeKey key, int rounds = KeySlot.MinRounds)
    {
        using var access = Enter();
        if (OpenedKeySlot is not { } slot || !GetKeySlots().Any(info => info.Number == slot))
        {
            throw new CartridgeException(ErrorCode.BadArgument, "No key slot of this container was opened by this handle.");
        }

        WrapInto(slot, key, rounds);
        return slot;
    }

    private void WrapInto(int slot, CartridgeKey key, int rounds)
    {
        ArgumentNullException.ThrowIfNull(key);
        _ = KeyWrapping.CheckedRounds(rounds);
        _ = Writable();
        var keys = Pool.Keys ?? throw new CartridgeException(ErrorCode.BadArgument, "The container is not encrypted.");
        var wrapped = keys.Wrap(key, rounds);
        ChangeSlots(slots => wrapped.Write(KeySlot.In(slots.AsSpan(), slot)));
    }

    private void ChangeSlots(Action<byte[]> change) => Change(() =>
    {
        var slots = _draft.KeySlots.ToArray();
        change(slots);
        _draft.KeySlots = slots;
    });
}
