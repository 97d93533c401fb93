using At = Cartridge.Reference.KeySlotFieldLocations;

namespace Cartridge.Reference;

internal sealed partial record KeySlot
{
    /// <summary>Takes a slot apart; mirrors <see cref="Write"/>. What stands in it is judged by <see cref="Check"/>.</summary>
    public static KeySlot Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var kind = fields.U8();
        _ = fields.Take(KeySlotFieldLengths.Reserved);
        return new KeySlot
        {
            Kind = (KeySlotKind)kind,
            Rounds = fields.U32(),
            Salt = fields.Take(KeySlotFieldLengths.Salt).ToArray(),
            WrapNonce = fields.Take(KeySlotFieldLengths.WrapNonce).ToArray(),
            WrappedKey = fields.Take(KeySlotFieldLengths.WrappedKey).ToArray(),
            WrapTag = fields.Take(KeySlotFieldLengths.WrapTag).ToArray(),
            Commitment = fields.Take(KeySlotFieldLengths.Commitment).ToArray(),
        };
    }

    /// <summary>Judges all slots of a record. Costs are judged here, before anybody computes anything (CART-ENC-103).</summary>
    /// <param name="area">The slots.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="c">Where faults go.</param>
    public static void Check(ReadOnlySpan<byte> area, Place at, Checker c)
    {
        var used = 0;
        for (var number = 0; number < Count; number++)
        {
            var bytes = In(area, number);
            var slot = Read(bytes);
            var place = at.Field(number * Length);

            // "The kind of a key slot MUST be 0, 1 or 2."
            _ = c.Skips(EncryptionRule.SlotKind) || slot.Kind is >= KeySlotKind.Empty and <= KeySlotKind.Passphrase
                || c.Fault(EncryptionRule.SlotKind, place, $"key slot {number} is of kind {(int)slot.Kind}");

            // "Bytes 1 to 3 of a key slot, and all bytes of an empty one, MUST be zero."
            var reserved = slot.Kind == KeySlotKind.Empty ? bytes : bytes.Slice(At.Reserved, KeySlotFieldLengths.Reserved);
            _ = c.Skips(EncryptionRule.SlotReserved) || Zero.All(reserved)
                || c.Fault(EncryptionRule.SlotReserved, place, $"a reserved byte of key slot {number} is not zero");

            // "The rounds of a passphrase slot MUST be 600,000 to 2,000,000, those of a raw key slot 0."
            _ = c.Skips(EncryptionRule.SlotRounds) || slot.HasFairRounds
                || c.Fault(EncryptionRule.SlotRounds, place.Field(At.Rounds), $"key slot {number} asks for {slot.Rounds} rounds; {MinRounds} to {MaxRounds} are allowed for a passphrase, 0 for a raw key");
            used += slot.Kind == KeySlotKind.Empty ? 0 : 1;
        }

        // "At least one key slot of an encrypted container MUST be in use."
        _ = c.Skips(EncryptionRule.AnySlot) || used > 0
            || c.Fault(EncryptionRule.AnySlot, at, "no key slot is in use: nobody could open the container");
    }

    private bool HasFairRounds => Kind switch
    {
        KeySlotKind.RawKey => Rounds == 0,
        KeySlotKind.Passphrase => Rounds is >= MinRounds and <= MaxRounds,
        _ => true, // another rule's matter
    };
}
