namespace Cartridge.Reference;

/// <summary>A file of a container as a stream for reading.</summary>
internal sealed class ContentStream(CartridgeView view, string path) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => view.GetEntry(path).Size;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A position lies not before the start.");
    }

    public override int Read(Span<byte> buffer)
    {
        var read = view.ReadAt(path, _position, buffer);
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => checked(_position + offset),
        _ => checked(Length + offset),
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The stream was opened for reading.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream was opened for reading.");
}
