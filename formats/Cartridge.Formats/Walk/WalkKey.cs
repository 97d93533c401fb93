namespace Cartridge.Formats.Walk;

/// <summary>A key that opens an encrypted container.</summary>
/// <param name="IsPassphrase">Whether it is a passphrase, in UTF-8 and normal form C; else it is a raw key of 32 bytes.</param>
/// <param name="Bytes">The key's bytes.</param>
public sealed record WalkKey(bool IsPassphrase, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What it is, never what it says.</summary>
    /// <returns>The kind of key.</returns>
    public override string ToString() => IsPassphrase ? "a passphrase" : "a raw key";
}
