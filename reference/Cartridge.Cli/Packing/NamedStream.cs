namespace Cartridge.Cli;

/// <summary>Reads a file for the container and, when that fails, says which file it was.</summary>
/// <param name="content">The file.</param>
/// <param name="name">Its name.</param>
/// <param name="work">Told of what is read.</param>
internal sealed class NamedStream(Stream content, string name, Work? work = null) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => content.CanSeek;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => content.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = content.Read(buffer);
            work?.Pass(read);
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliFailure.Refused($"{name}: cannot be read: {e.Message}", e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => content.Seek(offset, origin);

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
