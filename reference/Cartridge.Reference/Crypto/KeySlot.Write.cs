namespace Cartridge.Reference;

internal sealed partial record KeySlot
{
    /// <summary>Encodes the slot; mirrors <see cref="Read"/>.</summary>
    /// <param name="destination"><see cref="Length"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination.Clear();
        var fields = new FieldWriter(destination);
        fields.U8((byte)Kind);
        fields.Skip(KeySlotFieldLengths.Reserved);
        fields.U32(Rounds);
        fields.Put(Salt);
        fields.Put(WrapNonce);
        fields.Put(WrappedKey);
        fields.Put(WrapTag);
        fields.Put(Commitment);
    }
}
