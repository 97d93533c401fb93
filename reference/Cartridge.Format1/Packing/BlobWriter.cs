using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>Puts bincode together, as <see cref="BlobReader"/> takes it apart: fixed widths, lengths of 64 bits, nothing aligned.</summary>
internal sealed class BlobWriter
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _data = new();

    /// <summary>How many bytes there are.</summary>
    public int Length => _data.WrittenCount;

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _data.WrittenSpan.ToArray();

    public void U8(byte value) => _data.Write([value]);

    public void U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _data.Write(bytes);
    }

    public void U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _data.Write(bytes);
    }

    /// <summary>A string: its length in bytes, then UTF-8.</summary>
    public void Text(string value)
    {
        var bytes = Encode(value);
        U64((ulong)bytes.Length);
        _data.Write(bytes);
    }

    /// <summary>The tag of a value that may be missing.</summary>
    /// <returns>Whether it is there.</returns>
    public bool Option(bool isThere)
    {
        U8(isThere ? (byte)1 : (byte)0);
        return isThere;
    }

    /// <summary>Numbers, their count before them.</summary>
    public void Numbers(IReadOnlyCollection<ulong> numbers)
    {
        U64((ulong)numbers.Count);
        foreach (var number in numbers)
        {
            U64(number);
        }
    }

    /// <summary>Bytes without a length before them.</summary>
    public void Bare(ReadOnlySpan<byte> bytes) => _data.Write(bytes);

    /// <summary>A text in UTF-8.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it has half a surrogate pair.</exception>
    public static byte[] Encode(string value)
    {
        try
        {
            return Strict.GetBytes(value);
        }
        catch (EncoderFallbackException e)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"{Judge.Brief(value)} is no text that UTF-8 can have.", e);
        }
    }
}
