using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>A SHA-256 hash: 32 bytes as a value, so that references are compared and used as keys without allocation.</summary>
[InlineArray(Format.HashLength)]
internal struct Hash256 : IEquatable<Hash256>
{
    private byte _first;

    /// <summary>Takes the hash from exactly 32 bytes.</summary>
    public Hash256(ReadOnlySpan<byte> bytes) => bytes[..Format.HashLength].CopyTo(this);

    /// <summary>Whether all bytes are zero: no hash at all.</summary>
    public readonly bool IsZero => AsSpan().IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Computes the SHA-256 of <paramref name="bytes"/>.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> bytes)
    {
        var hash = default(Hash256);
        SHA256.HashData(bytes, hash);
        return hash;
    }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AsSpan() =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in _first), Format.HashLength);

    public readonly void CopyTo(Span<byte> destination) => AsSpan().CopyTo(destination);

    public readonly bool Equals(Hash256 other) => AsSpan().SequenceEqual(other.AsSpan());

    public override readonly bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(AsSpan());

    public override readonly string ToString() => Convert.ToHexStringLower(AsSpan());
}
