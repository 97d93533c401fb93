using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;

namespace Cartridge.Testing;

/// <summary>
/// Runs a program to its end: hands it its standard input, collects both of its outputs without letting a full pipe block it, and
/// kills it with all that it started when its time is up.
/// </summary>
/// <remarks>The time-out bounds the wait; no test waits for a fixed time.</remarks>
public static class ChildProcess
{
    // nobody and nogroup, on every Linux distribution.
    private const string UnprivilegedId = "65534";

    // What may still stand in the pipes of a program that has been killed is read at once.
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program and waits for it.</summary>
    /// <param name="program">A path, or a bare name to be found on <c>PATH</c>.</param>
    /// <param name="arguments">Its arguments, each handed on as it is.</param>
    /// <param name="options">Input, folder, environment, time-out and user; null for <see cref="ChildProcessOptions.Default"/>.</param>
    /// <returns>How it ended and what it wrote.</returns>
    /// <exception cref="FileNotFoundException">The program is not there, or <c>setpriv</c> is not and was needed.</exception>
    public static ChildProcessResult Run(string program, IEnumerable<string> arguments, ChildProcessOptions? options = null)
    {
        options ??= ChildProcessOptions.Default;
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(StartInfo(program, arguments, options));
        Task<bool> input = Task.Run(() => Feed(process.StandardInput.BaseStream, options.StandardInput));
        Drain output = new(process.StandardOutput.BaseStream);
        Drain error = new(process.StandardError.BaseStream);

        // The outputs end when the last holder of their pipes is gone: a program that leaves something behind has not ended.
        bool ended = process.WaitForExit(options.Timeout) && Task.WaitAll([output.Ended, error.Ended], Left(start, options.Timeout));
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Task.WaitAll([output.Ended, error.Ended], AfterKill);
        }

        input.Wait(AfterKill);
        return new ChildProcessResult(process.ExitCode, output.Snapshot(), error.Snapshot(), !ended);
    }

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, ChildProcessOptions options)
    {
        // As root every file is readable and every folder writable, which makes tests of permissions pass for nothing.
        bool drop = options.Unprivileged && OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;
        string[] prefix = drop
            ? ["setpriv", $"--reuid={UnprivilegedId}", $"--regid={UnprivilegedId}", "--clear-groups", "--no-new-privs", "--", program]
            : [program];
        ProcessStartInfo info = new(prefix[0], prefix.Skip(1).Concat(arguments))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory ?? "",
        };
        if (drop)
        {
            // The home of root is closed to the user that the program runs as.
            info.Environment["HOME"] = Path.GetTempPath();
        }

        foreach ((string name, string? value) in options.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception failure)
        {
            throw new FileNotFoundException($"'{info.FileName}' could not be started: {failure.Message}", info.FileName, failure);
        }
    }

    private static TimeSpan Left(long start, TimeSpan timeout)
    {
        TimeSpan left = timeout - Stopwatch.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static bool Feed(Stream stream, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using (stream)
            {
                stream.Write(bytes.Span);
            }

            return true;
        }
        catch (IOException)
        {
            // A program may end, or close its input, before it has read all of it.
            return false;
        }
    }

    /// <summary>Collects a stream, so that what came before a time-out is not lost with it.</summary>
    private sealed class Drain
    {
        private readonly Lock _gate = new();
        private readonly ArrayBufferWriter<byte> _bytes = new();

        internal Drain(Stream stream) => Ended = Task.Run(() => Read(stream));

        internal Task Ended { get; }

        internal byte[] Snapshot()
        {
            lock (_gate)
            {
                return _bytes.WrittenSpan.ToArray();
            }
        }

        private void Read(Stream stream)
        {
            try
            {
                byte[] buffer = new byte[16 * 1024];
                for (int count; (count = stream.Read(buffer)) > 0;)
                {
                    lock (_gate)
                    {
                        _bytes.Write(buffer.AsSpan(0, count));
                    }
                }
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException)
            {
                // The pipe was closed on this side after a time-out.
            }
        }
    }
}
