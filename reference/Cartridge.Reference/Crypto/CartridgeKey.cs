using System.Security.Cryptography;
using System.Text;

namespace Cartridge.Reference;

/// <summary>
/// A key that opens an encrypted container: 32 raw bytes, or a passphrase. It holds the secret where the garbage collector
/// does not copy it, and zeros it when disposed; nothing ever prints it. A container does not keep the key that it was opened
/// with, so it may be disposed as soon as the container is open.
/// </summary>
public sealed class CartridgeKey : IDisposable
{
    /// <summary>The length of a raw key, in bytes.</summary>
    public const int Length = 32;

    /// <summary>Text below this character is in normal form C already.</summary>
    private const char FirstCombining = '\u0300';

    /// <summary>The longest passphrase, in bytes of UTF-8.</summary>
    public const int MaxPassphraseLength = 4096;

    private readonly byte[] _secret;
    private bool _disposed;

    private CartridgeKey(KeySlotKind kind, byte[] secret)
    {
        Kind = kind;
        _secret = secret;
    }

    /// <summary>Whether it is a raw key or a passphrase.</summary>
    public KeySlotKind Kind { get; }

    /// <summary>Takes a raw key.</summary>
    /// <param name="bytes">Exactly 32 bytes from a strong source; copied.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: another length.</exception>
    public static CartridgeKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"A key of {bytes.Length} bytes; a raw key has {Length}.");
        }

        var secret = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        bytes.CopyTo(secret);
        return new CartridgeKey(KeySlotKind.RawKey, secret);
    }

    /// <summary>Draws a new raw key.</summary>
    public static CartridgeKey Generate()
    {
        var secret = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        RandomNumberGenerator.Fill(secret);
        return new CartridgeKey(KeySlotKind.RawKey, secret);
    }

    /// <summary>Takes a passphrase, in Unicode's normal form C, so that it is the same however a keyboard composes its letters (CART-ENC-105).</summary>
    /// <param name="passphrase">1 to 4096 bytes of UTF-8 when normalised; copied.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: empty, too long, no text, or with characters from U+0300 on
    /// where the system has no Unicode tables to normalise them by.</exception>
    public static CartridgeKey FromPassphrase(ReadOnlySpan<char> passphrase)
    {
        // Normal form C is at most three times as long as what it was made from.
        var normal = GC.AllocateUninitializedArray<char>(Math.Min(passphrase.Length, MaxPassphraseLength) * 3 + 1, pinned: true);
        var bytes = GC.AllocateUninitializedArray<byte>(MaxPassphraseLength + 4, pinned: true);
        try
        {
            if (passphrase.IsEmpty || passphrase.Length > MaxPassphraseLength || !TryNormalize(passphrase, normal, out var length)
                || !new UTF8Encoding(false, true).TryGetBytes(normal.AsSpan(0, length), bytes, out var written) || written > MaxPassphraseLength)
            {
                throw BadPassphrase();
            }

            var secret = GC.AllocateUninitializedArray<byte>(written, pinned: true);
            bytes.AsSpan(0, written).CopyTo(secret);
            return new CartridgeKey(KeySlotKind.Passphrase, secret);
        }
        catch (EncoderFallbackException)
        {
            throw BadPassphrase();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            normal.AsSpan().Clear();
        }
    }

    /// <summary>Zeros the secret.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>What it is, never what it says.</summary>
    public override string ToString() => Kind == KeySlotKind.RawKey ? "a raw key" : "a passphrase";

    /// <summary>The secret itself, for the derivation and nothing else.</summary>
    internal ReadOnlySpan<byte> Secret
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _secret;
        }
    }

    private static bool TryNormalize(ReadOnlySpan<char> source, Span<char> destination, out int length)
    {
        length = source.Length;
        if (source.IndexOfAnyInRange(FirstCombining, char.MaxValue) < 0)
        {
            return source.TryCopyTo(destination);
        }

        try
        {
            return CanNormalize
                ? source.TryNormalize(destination, out length, NormalizationForm.FormC)
                : throw new CartridgeException(ErrorCode.BadArgument, "This system cannot normalise text (it has no ICU library), so a passphrase may only have characters below U+0300.");
        }
        catch (ArgumentException)
        {
            return false; // A surrogate that stands alone.
        }
    }

    /// <summary>Whether the system has Unicode's tables. Without them it says of every text that it is normal.</summary>
    internal static bool CanNormalize { get; } = "e\u0301".Normalize(NormalizationForm.FormC).Length == 1;

    private static CartridgeException BadPassphrase() =>
        new(ErrorCode.BadArgument, $"A passphrase is 1 to {MaxPassphraseLength} bytes of Unicode text.");
}
