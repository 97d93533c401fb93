namespace Cartridge.Reference;

/// <summary>What opens a key slot.</summary>
public enum KeySlotKind
{
    /// <summary>Nothing: the slot is empty.</summary>
    Empty = 0,

    /// <summary>A key of 32 bytes.</summary>
    RawKey = 1,

    /// <summary>A passphrase.</summary>
    Passphrase = 2,
}

/// <summary>A key slot in use, as far as it is no secret.</summary>
/// <param name="Number">The slot's number, 0 to 7.</param>
/// <param name="Kind">What opens it.</param>
/// <param name="Rounds">Rounds of the key derivation; 0 for a raw key.</param>
public readonly record struct KeySlotInfo(int Number, KeySlotKind Kind, int Rounds);

/// <summary>One of the eight key slots of a commit record: the master key, wrapped under a key that somebody has (spec/11-encryption.md).</summary>
internal sealed partial record KeySlot
{
    /// <summary>The length in bytes.</summary>
    public const int Length = KeySlotFieldLocations.End;

    /// <summary>The number of slots in a record.</summary>
    public const int Count = 8;

    /// <summary>The length of all slots together.</summary>
    public const int AreaLength = Count * Length;

    /// <summary>The fewest rounds that keep a passphrase from being guessed cheaply; what new slots get.</summary>
    public const int MinRounds = 600_000;

    /// <summary>The most rounds that a reader puts up with.</summary>
    public const int MaxRounds = 2_000_000;

    public required KeySlotKind Kind { get; init; }

    /// <summary>Rounds of PBKDF2; 0 for a raw key.</summary>
    public uint Rounds { get; init; }

    public required byte[] Salt { get; init; }

    public required byte[] WrapNonce { get; init; }

    public required byte[] WrappedKey { get; init; }

    public required byte[] WrapTag { get; init; }

    /// <summary>Tells a wrong key before anything is decrypted, and lets a slot be opened by one key only.</summary>
    public required byte[] Commitment { get; init; }

    /// <summary>The bytes of one slot.</summary>
    /// <param name="area">All slots.</param>
    /// <param name="number">0 to 7.</param>
    public static Span<byte> In(Span<byte> area, int number) => area.Slice(number * Length, Length);

    /// <inheritdoc cref="In(Span{byte}, int)"/>
    public static ReadOnlySpan<byte> In(ReadOnlySpan<byte> area, int number) => area.Slice(number * Length, Length);

    /// <summary>The slots in use, with their numbers.</summary>
    public static IEnumerable<(int Number, KeySlot Slot)> InUse(byte[] area)
    {
        for (var number = 0; number < Count; number++)
        {
            if (Read(In(area, number)) is { Kind: not KeySlotKind.Empty } slot)
            {
                yield return (number, slot);
            }
        }
    }
}
