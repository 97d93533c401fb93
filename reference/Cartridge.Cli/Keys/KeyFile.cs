using System.Security.Cryptography;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Reads keys out of files that nobody but their owner may touch. What was read is zeroed; nothing of it is ever printed.</summary>
internal static class KeyFile
{
    private const int MaxLength = CartridgeKey.MaxPassphraseLength + 2;
    private const int Digits = 2 * CartridgeKey.Length;

    /// <summary>Everything but the owner's own bits of a mode.</summary>
    private const UnixFileMode Others = (UnixFileMode)0x3F;

    /// <summary>A raw key: 32 bytes, or 64 hexadecimal digits and perhaps a line end.</summary>
    public static CartridgeKey Read(string path) => Raw(path, CartridgeKey.FromBytes);

    /// <summary>A raw key as bytes, for containers of format 1, which take it as it is.</summary>
    public static byte[] ReadBytes(string path) => Raw(path, static bytes => bytes.ToArray());

    private static T Raw<T>(string path, Func<ReadOnlySpan<byte>, T> take) => Reading(path, bytes =>
    {
        if (bytes.Length == CartridgeKey.Length)
        {
            return take(bytes);
        }

        Span<byte> key = stackalloc byte[CartridgeKey.Length];
        Span<char> text = stackalloc char[Digits];
        try
        {
            var digits = WithoutLineEnd(bytes);
            var isHex = digits.Length == Digits && Encoding.Latin1.GetChars(digits, text) == Digits
                && Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done;
            return isHex
                ? take(key)
                : throw CliFailure.Usage($"{path}: is no key file; it holds {CartridgeKey.Length} bytes, or {Digits} hexadecimal digits");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            text.Clear();
        }
    });

    /// <summary>A passphrase: the file's text but for a line end.</summary>
    public static CartridgeKey ReadPassphrase(string path) => Reading(path, bytes =>
    {
        var text = GC.AllocateUninitializedArray<char>(MaxLength, pinned: true);
        try
        {
            var length = new UTF8Encoding(false, throwOnInvalidBytes: true).GetChars(WithoutLineEnd(bytes), text);
            return CartridgeKey.FromPassphrase(text.AsSpan(0, length));
        }
        catch (Exception e) when (e is DecoderFallbackException or CartridgeException)
        {
            throw CliFailure.Usage($"{path}: holds no passphrase, which is 1 to {CartridgeKey.MaxPassphraseLength} bytes of UTF-8 (and without an ICU library only characters below U+0300)");
        }
        finally
        {
            text.AsSpan().Clear();
        }
    });

    private static T Reading<T>(string path, Func<ReadOnlySpan<byte>, T> take)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(MaxLength + 1, pinned: true);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
            {
                throw CliFailure.Refused($"{path}: others than its owner may use this file; chmod 600 it, and ask whether anybody has");
            }

            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length < bytes.Length ? take(bytes.AsSpan(0, length)) : throw CliFailure.Usage($"{path}: is too long for a key or passphrase");
        }
        catch (FileNotFoundException e)
        {
            throw CliFailure.Refused($"{path}: there is no such file", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.EndsWith("\n"u8) ? bytes[..^1] : bytes;
        return bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes;
    }
}
