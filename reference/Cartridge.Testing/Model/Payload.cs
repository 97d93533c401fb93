namespace Cartridge.Testing;

/// <summary>
/// Bytes that need not be written down: the same seed and length give the same bytes, and no two pages of them are equal. Every
/// third seed gives lines that a codec makes shorter, the others give noise.
/// </summary>
/// <param name="Seed">The seed.</param>
/// <param name="Length">How many bytes.</param>
public readonly record struct Payload(int Seed, int Length)
{
    /// <summary>The bytes.</summary>
    public byte[] ToArray()
    {
        if (Seed % 3 == 0)
        {
            return Specimens.Lines(Seed, Length);
        }

        var bytes = new byte[Length];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public override string ToString() => $"bytes({Seed}, {Length})";
}
