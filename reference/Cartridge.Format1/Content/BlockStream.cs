using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>A content that is not encrypted, as a stream: page after page, none of it in memory for longer than it is read.</summary>
/// <param name="source">The file.</param>
/// <param name="blocks">The pages, in order; judged before.</param>
/// <param name="length">The content's length in bytes.</param>
internal sealed class BlockStream(Source source, IReadOnlyList<ulong> blocks, long length) : Stream
{
    private readonly byte[] _page = new byte[Layout.PageSize];
    private long _position;
    private long _loaded = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var page = _position / Layout.PageSize;
        var within = (int)(_position % Layout.PageSize);
        var count = (int)Math.Min(Math.Min(buffer.Length, Layout.PageSize - within), length - _position);
        if (count <= 0)
        {
            return 0;
        }

        if (_loaded != page && !source.ReadAt(blocks[(int)page], _page))
        {
            throw new CartridgeException(ErrorCode.Truncated, $"the file ends within block {blocks[(int)page]} or before it");
        }

        _loaded = page;
        _page.AsSpan(within, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
