using System.Text;
using Spectre.Console;

namespace Cartridge.Cli;

/// <summary>What a line says to someone who only glances at it.</summary>
internal enum Tone
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Doubtful,

    /// <summary>Something is wrong.</summary>
    Bad,
}

/// <summary>
/// What a command talks to: standard input, standard output, standard error, and whether a person watches. Output for a
/// person is set in tables and colours; everything else is plain, stable text.
/// </summary>
internal sealed class Session : IDisposable
{
    /// <summary>Longer than any line: a path of 1,152 bytes with everything beside it.</summary>
    private const int MaxLine = 8192;

    private readonly HeardOutput _heard;

    /// <summary>Makes a session.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isWatched">Whether a person reads the output.</param>
    /// <param name="isErrorWatched">Whether a person reads standard error, and so may be shown how far long work is.</param>
    public Session(Stream input, Stream output, TextWriter error, bool isWatched, bool isErrorWatched = false)
    {
        Input = input;
        OutputBytes = output;
        _heard = new HeardOutput(output);
        Output = new StreamWriter(_heard, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        Status = new StatusLine(error, isErrorWatched);
        IsWatched = isWatched;
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>Standard output, for content; <see cref="Output"/> is flushed before.</summary>
    public Stream OutputBytes { get; }

    /// <summary>Standard output, for text.</summary>
    public TextWriter Output { get; }

    /// <summary>Whether a person reads the output.</summary>
    public bool IsWatched { get; }

    /// <summary>How far long work is.</summary>
    public StatusLine Status { get; }

    /// <summary>Where keys come from, as the command line says.</summary>
    public KeySource Keys { get; set; } = KeySource.None;

    /// <summary>Whether there is somebody at a terminal to be asked for a passphrase.</summary>
    public bool CanAsk { get; private init; }

    /// <summary>The session of this process.</summary>
    public static Session OfProcess()
    {
        var output = Libc.IsSupported ? new StandardOutput() : Console.OpenStandardOutput();
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            NewLine = "\n",
            AutoFlush = true,
        };
        return new Session(Console.OpenStandardInput(), output, error, !Console.IsOutputRedirected, !Console.IsErrorRedirected && !IsDumb)
        {
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        };
    }

    /// <summary>Whether the terminal cannot write over a line.</summary>
    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";

    /// <summary>
    /// The work is more than what is printed of it: it goes on when nobody reads that any more, and its exit code says how it
    /// ended.
    /// </summary>
    public void GoOnUnread() => _heard.IsOptional = true;

    /// <summary>Says that something went wrong: one line on standard error.</summary>
    public void Error(string message) => Status.WriteLine($"cart: {Escapes.Text(message)}");

    /// <summary>Says what a person should know although nothing went wrong.</summary>
    public void Note(string message) => Status.WriteLine($"cart: note: {Escapes.Text(message)}");

    /// <summary>Text for standard error that is ours, line breaks included.</summary>
    public void Hint(string text) => Status.WriteLine(text);

    /// <summary>Prints a line, coloured for a person. Names in it are escaped.</summary>
    public void Line(string text, Tone tone)
    {
        if (!IsWatched)
        {
            Output.WriteLine(Escapes.Text(text));
            return;
        }

        var color = tone switch { Tone.Good => Color.Green, Tone.Doubtful => Color.Yellow, _ => Color.Red };
        Drawing().Write(new Text($"{Escapes.Text(text)}\n", new Style(color)));
    }

    /// <summary>
    /// A console that draws colours; <c>NO_COLOR</c> is respected. Lines are as long as what they say: the terminal breaks
    /// them, and what is copied out of it is whole.
    /// </summary>
    public IAnsiConsole Drawing() => DrawingOn(Output, AnsiSupport.Detect);

    /// <summary>Prints a table, whose columns are never squeezed, without blanks at the ends of lines.</summary>
    public void Print(Table table)
    {
        using var text = new StringWriter { NewLine = "\n" };
        DrawingOn(text, AnsiSupport.No).Write(table);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            Output.WriteLine(line.TrimEnd(' '));
        }
    }

    private static IAnsiConsole DrawingOn(TextWriter output, AnsiSupport ansi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = ansi });
        console.Profile.Width = MaxLine;
        return console;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Status.Erase();
        Output.Flush();
    }
}
