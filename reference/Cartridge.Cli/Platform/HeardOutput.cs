namespace Cartridge.Cli;

/// <summary>Standard output for text, which can do without a reader.</summary>
/// <param name="output">Standard output.</param>
internal sealed class HeardOutput(Stream output) : OutputStream
{
    private bool _isOver;

    /// <summary>Whether the work goes on when the reader has gone; by default that ends it.</summary>
    public bool IsOptional { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isOver)
        {
            return;
        }

        try
        {
            output.Write(buffer);
        }
        catch (OutputClosed) when (IsOptional)
        {
            _isOver = true;
        }
    }

    public override void Flush() => output.Flush();
}
