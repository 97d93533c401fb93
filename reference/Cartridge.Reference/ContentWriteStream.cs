namespace Cartridge.Reference;

/// <summary>A file of a container as a stream for writing: gathers what is written in one place, up to a chunk.</summary>
internal sealed class ContentWriteStream(CartridgeFile container, string path) : Stream
{
    private readonly byte[] _buffer = new byte[1 << Format.DefaultChunkShift];
    private long _start;
    private int _filled;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => Math.Max(container.GetEntry(path).Size, _filled > 0 ? _start + _filled : 0);

    public override long Position
    {
        get => _start + _filled;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value != Position)
            {
                Flush();
                _start = value;
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // A portion ends where a chunk does, so that no chunk is written twice.
            var room = _buffer.Length - (int)(Position & (_buffer.Length - 1));
            var part = buffer[..Math.Min(room, buffer.Length)];
            part.CopyTo(_buffer.AsSpan(_filled));
            _filled += part.Length;
            buffer = buffer[part.Length..];
            if (part.Length == room)
            {
                Flush();
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        if (_filled > 0)
        {
            container.WriteAt(path, _start, _buffer.AsSpan(0, _filled));
            _start += _filled;
            _filled = 0;
        }
    }

    public override void SetLength(long value)
    {
        Flush();
        container.SetLength(path, value);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => checked(Position + offset),
        _ => checked(Length + offset),
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream was opened for writing.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
        }

        base.Dispose(disposing);
    }
}
