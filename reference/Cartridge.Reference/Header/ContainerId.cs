using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>
/// The 16 random bytes that tell one container from every other. Metadata pages repeat the first eight, so that a page
/// lost in another container is never taken for one of its own.
/// </summary>
public readonly struct ContainerId : IEquatable<ContainerId>
{
    /// <summary>The id's length in bytes.</summary>
    public const int Length = 16;

    private readonly UInt128 _value;

    /// <summary>Takes an id from its bytes.</summary>
    /// <param name="bytes">At least 16 bytes; the first 16 count.</param>
    public ContainerId(ReadOnlySpan<byte> bytes) => _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);

    /// <summary>The first eight bytes, as metadata pages repeat them.</summary>
    internal ulong Prefix => BinaryPrimitives.ReverseEndianness((ulong)(_value >> 64));

    /// <summary>Draws a new id, from a strong source (CART-HDR-102).</summary>
    public static ContainerId NewRandom() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Writes the 16 bytes.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    /// <inheritdoc/>
    public bool Equals(ContainerId other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ContainerId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Whether two ids are the same.</summary>
    public static bool operator ==(ContainerId left, ContainerId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(ContainerId left, ContainerId right) => !left.Equals(right);

    /// <summary>The id as 32 lower-case hexadecimal digits.</summary>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);
}
