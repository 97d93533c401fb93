using System.Diagnostics;
using System.Text;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Protocol;

/// <summary>
/// An adapter as a child process. It lives through the whole run; when it crashes, hangs or outgrows its cap it is ended, and the
/// next request starts a fresh one.
/// </summary>
internal sealed class AdapterProcess : IAdapterClient
{
    private const long BytesPerMegabyte = 1 << 20;

    // Long enough for a virtual machine to start on a busy computer.
    private static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(60);

    // How often the memory is looked at while a reply is awaited.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly AdapterCommand _command;
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private LastWords _lastWords = new();

    /// <summary>Starts the program and lets it introduce itself.</summary>
    /// <exception cref="AdapterException">It does not start, or does not answer <c>hello</c> as it should.</exception>
    public AdapterProcess(AdapterCommand command)
    {
        _command = command;
        try
        {
            Hello = Start();
        }
        catch
        {
            Stop();
            throw;
        }
    }

    public Hello Hello { get; }

    public Answer Ask(Request request, TimeSpan timeLimit, int megabytes)
    {
        try
        {
            if (_process is null)
            {
                Start();
            }

            return Exchange(CanonicalJson.Line(Messages.ToJson(request)), timeLimit, megabytes, Messages.AnswerFrom);
        }
        catch (AdapterException e)
        {
            Stop();
            return e.Answer;
        }
    }

    public void Dispose()
    {
        if (_process is { HasExited: false } process)
        {
            // The end of the requests is how a program is asked to end.
            process.StandardInput.Close();
            process.WaitForExit(TimeSpan.FromSeconds(2));
        }

        Stop();
    }

    private Hello Start()
    {
        ProcessStartInfo start = new(_command.Program, _command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        try
        {
            _process = Process.Start(start) ?? throw new AdapterException(new Answer.Crashed("it did not start"));
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new AdapterException(new Answer.Crashed($"'{_command.Program}' did not start: {e.Message}"), e);
        }

        // What a program says on its error stream is for people: only its end is kept, for the report of a crash.
        LastWords words = _lastWords = new LastWords();
        _process.ErrorDataReceived += (_, line) => words.Add(line.Data);
        _process.BeginErrorReadLine();
        return Exchange(CanonicalJson.Line(Messages.HelloRequest()), HelloLimit, int.MaxValue, Messages.HelloFrom);
    }

    /// <summary>Writes a line, waits for the line that answers it and reads that.</summary>
    private T Exchange<T>(string line, TimeSpan timeLimit, int megabytes, Func<string, T> read)
    {
        Process process = _process!;
        Stopwatch watch = Stopwatch.StartNew();
        Task<string?> reply = Task.Run(async () =>
        {
            await process.StandardInput.WriteAsync(line + "\n");
            await process.StandardInput.FlushAsync();
            return await process.StandardOutput.ReadLineAsync();
        });
        _reading = reply;
        while (!Finished(reply))
        {
            if (watch.Elapsed > timeLimit)
            {
                throw new AdapterException(new Answer.TimedOut((int)timeLimit.TotalSeconds));
            }

            if (WorkingSet(process) > megabytes * BytesPerMegabyte)
            {
                throw new AdapterException(new Answer.OutOfMemory(megabytes));
            }
        }

        if (reply.IsFaulted || reply.Result is null)
        {
            process.WaitForExit(TimeSpan.FromSeconds(2));
            string exit = process.HasExited ? $"exit code {process.ExitCode}" : "its output closed";
            throw new AdapterException(new Answer.Crashed($"{exit}{_lastWords}"));
        }

        try
        {
            return read(reply.Result);
        }
        catch (FormatException e)
        {
            throw new AdapterException(new Answer.Crashed($"its reply is not one: {e.Message}"), e);
        }
    }

    private static bool Finished(Task reply)
    {
        try
        {
            return reply.Wait(Glance);
        }
        catch (AggregateException)
        {
            return true;
        }
    }

    private static long WorkingSet(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // it has ended: the reply's absence will say so
        }
    }

    private void Stop()
    {
        if (_process is null)
        {
            return;
        }

        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }

        // The pending read ends with the process; its failure is nobody's concern any more.
        _ = _reading.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        _process.Dispose();
        _process = null;
    }

    /// <summary>The last lines of an error stream.</summary>
    private sealed class LastWords
    {
        private const int Kept = 3;

        private readonly Queue<string> _lines = [];

        public void Add(string? line)
        {
            lock (_lines)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    _lines.Enqueue(line.Trim());
                }

                if (_lines.Count > Kept)
                {
                    _lines.Dequeue();
                }
            }
        }

        public override string ToString()
        {
            lock (_lines)
            {
                return _lines.Count == 0 ? "" : $", last words: {string.Join(" / ", _lines)}";
            }
        }
    }
}

/// <summary>A program did not give the reply that the protocol asks for; the answer says what it did instead.</summary>
internal sealed class AdapterException(Answer answer, Exception? cause = null) : Exception(answer.ToString(), cause)
{
    public Answer Answer { get; } = answer;
}
