using Cartridge.Cli;

namespace Cartridge.Reference.Tests;

/// <summary><c>cart</c> at work for a reader that has gone before the first byte.</summary>
internal static class Deserted
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static int Cart(params string[] arguments)
    {
        using var output = new Gone();
        using var error = new StringWriter();
        var session = new Session(Stream.Null, output, error, isWatched: false);
        var code = CommandLine.Run(arguments, session);
        Assert.Equal("", error.ToString());
        return code;
    }

    private sealed class Gone : OutputStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new OutputClosed();

        public override void Flush()
        {
            // Nothing is held back.
        }
    }
}
