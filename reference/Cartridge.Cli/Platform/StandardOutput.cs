using System.Runtime.Versioning;

namespace Cartridge.Cli;

/// <summary>The reader of our output has gone. No error: it has read all that it wanted.</summary>
internal sealed class OutputClosed() : IOException("standard output: nobody reads it any more");

/// <summary>
/// Standard output by <c>write</c>. The base library's stream swallows the news that the reader has gone, and so would
/// let us print a whole container into the void.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class StandardOutput : OutputStream
{
    private const int Descriptor = 1;
    private const int Interrupted = 4; // EINTR
    private const int TryAgain = 11; // EAGAIN, from a terminal or pipe that somebody else made non-blocking
    private const int BrokenPipe = 32; // EPIPE

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = Libc.Write(Descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var refusal = SystemRefusal.Last("standard output: cannot be written");
            switch (refusal.Error)
            {
                case Interrupted:
                    break;
                case TryAgain:
                    Thread.Yield();
                    break;
                case BrokenPipe:
                    throw new OutputClosed();
                default:
                    throw refusal;
            }
        }
    }

    public override void Flush()
    {
        // Nothing is held back.
    }
}
