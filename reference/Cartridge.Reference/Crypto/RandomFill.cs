using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>Where keys, salts and nonces come from. Only tests and the suite's generator, which need repeatable bytes, give another.</summary>
/// <param name="destination">What to fill.</param>
internal delegate void RandomFill(Span<byte> destination);

/// <summary>The system's strong source (CART-ENC-104).</summary>
internal static class StrongRandom
{
    public static readonly RandomFill Fill = RandomNumberGenerator.Fill;

    private const int Ahead = 4096;

    /// <summary>
    /// A source for nonces, which asks the system for many at once: asking takes longer than encrypting a page. They are no
    /// secrets, and each is given out once. Safe for several threads.
    /// </summary>
    public static RandomFill ForNonces()
    {
        var gate = new Lock();
        var drawn = new byte[Ahead];
        var used = drawn.Length;
        return destination =>
        {
            lock (gate)
            {
                if (destination.Length > drawn.Length - used)
                {
                    RandomNumberGenerator.Fill(drawn);
                    used = 0;
                }

                drawn.AsSpan(used, destination.Length).CopyTo(destination);
                used += destination.Length;
            }
        };
    }

    /// <summary>A source that was not made for several threads, for several threads.</summary>
    public static RandomFill OneAtATime(RandomFill source)
    {
        var gate = new Lock();
        return destination =>
        {
            lock (gate)
            {
                source(destination);
            }
        };
    }
}
