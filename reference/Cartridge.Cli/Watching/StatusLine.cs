using System.Diagnostics;

namespace Cartridge.Cli;

/// <summary>
/// The last line of standard error while a person watches: how far long work is. It is written over again and again, gives
/// way to messages, and leaves nothing behind. Where nobody watches there is none.
/// </summary>
/// <param name="error">Standard error.</param>
/// <param name="isShown">Whether a person watches it.</param>
internal sealed class StatusLine(TextWriter error, bool isShown)
{
    private const int Width = 79;
    private const string Erasure = "\r\u001b[K";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private bool _isThere;
    private long _shownAt;

    /// <summary>Shows how far the work is, unless that was shown a moment ago.</summary>
    /// <param name="text">Asked only when it will be shown.</param>
    public void Show(Func<string> text)
    {
        if (!isShown)
        {
            return;
        }

        lock (_gate)
        {
            if (_isThere && Stopwatch.GetElapsedTime(_shownAt) < Interval)
            {
                return;
            }

            var line = Escapes.Text(text());
            error.Write($"{Erasure}{(line.Length > Width ? line[..Width] : line)}");
            (_isThere, _shownAt) = (true, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Erase()
    {
        lock (_gate)
        {
            error.Write(_isThere ? Erasure : "");
            _isThere = false;
        }
    }

    /// <summary>Writes a message in its place.</summary>
    public void WriteLine(string message)
    {
        lock (_gate)
        {
            Erase();
            error.WriteLine(message);
        }
    }
}
