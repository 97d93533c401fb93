namespace Cartridge.Cli;

/// <summary>Standard input may keep its reader waiting for as long as it likes; an interruption ends the wait.</summary>
/// <param name="input">Standard input.</param>
/// <param name="interruption">What may end the wait.</param>
internal sealed class PatientInput(Stream input, Interruption interruption) : InputStream
{
    private readonly byte[] _buffer = new byte[1 << 16];

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
}
