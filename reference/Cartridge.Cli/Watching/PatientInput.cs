namespace Cartridge.Cli;

/// <summary>Standard input may keep its reader waiting for as long as it likes; an interruption ends the wait.</summary>
/// <param name="input">Standard input.</param>
/// <param name="interruption">What may end the wait.</param>
internal sealed class PatientInput(Stream input, Interruption interruption) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = Math.Min(buffer.Length, _buffer.Length);
        var reading = Task.Run(() => input.Read(_buffer, 0, wanted));
        try
        {
            var read = reading.WaitAsync(interruption.Token).GetAwaiter().GetResult();
            _buffer.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
        catch (OperationCanceledException)
        {
            interruption.ThrowIfRequested();
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
