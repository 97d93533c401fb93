using System.Buffers;

namespace Cartridge.Reference;

/// <summary>A chunk's content as it is to be stored: in a buffer of its own, or as it is, where no codec is used.</summary>
/// <param name="Codec">The codec that was used, 0 for none.</param>
internal readonly record struct Encoded(byte Codec)
{
    private readonly byte[]? _buffer;
    private readonly int _length;

    public Encoded(byte codec, byte[] rented, int length)
        : this(codec) => (_buffer, _length) = (rented, length);

    /// <summary>The bytes to be stored.</summary>
    /// <param name="content">The content that was encoded.</param>
    public ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> content) => _buffer is null ? content : _buffer.AsSpan(0, _length);

    /// <summary>Gives the buffer back; the bytes may not be used any more.</summary>
    public void Release()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
