namespace Cartridge.Cli;

/// <summary>Standard input, whose first bytes are waited for at once: when this is there, they are.</summary>
internal sealed class BegunInput : InputStream
{
    private readonly Stream _input;
    private readonly byte[] _first = new byte[1 << 16];
    private int _start;
    private readonly int _end;

    /// <summary>Waits for the first bytes, or for the end.</summary>
    /// <param name="input">Standard input.</param>
    public BegunInput(Stream input)
    {
        _input = input;
        _end = input.Read(_first);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            return _input.Read(buffer);
        }

        var read = Math.Min(buffer.Length, _end - _start);
        _first.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }
}
