using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>Where keys, salts and nonces come from. Only tests and the suite's generator, which need repeatable bytes, give another.</summary>
/// <param name="destination">What to fill.</param>
internal delegate void RandomFill(Span<byte> destination);

/// <summary>The system's strong source (CART-ENC-104).</summary>
internal static class StrongRandom
{
    public static readonly RandomFill Fill = RandomNumberGenerator.Fill;
}
