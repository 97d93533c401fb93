namespace Cartridge.Benchmarks;

/// <summary>What a run is asked to do.</summary>
internal sealed record Plan
{
    /// <summary>What names must contain; empty for everything.</summary>
    public string Filter { get; private init; } = "";

    /// <summary>Where the figures are recorded; null if they are only printed.</summary>
    public string? Record { get; private init; }

    /// <summary>Whether this run only shows that everything works.</summary>
    public bool IsQuick { get; private init; }

    /// <summary>Where containers are put; null for the system's folder of temporary files.</summary>
    public string? Work { get; private init; }

    /// <summary>The program `cart`; null for the one in the build's output.</summary>
    public string? Cart { get; private init; }

    /// <summary>Whether BenchmarkDotNet's own messages are shown.</summary>
    public bool IsVerbose { get; private init; }

    /// <summary>Reads the arguments of <c>run</c>.</summary>
    /// <exception cref="UsageException">They are wrong.</exception>
    public static Plan Parse(ReadOnlySpan<string> args)
    {
        var plan = new Plan();
        while (!args.IsEmpty)
        {
            (plan, var used) = args switch
            {
                ["--quick", ..] => (plan with { IsQuick = true }, 1),
                ["--verbose", ..] => (plan with { IsVerbose = true }, 1),
                ["--record", var folder, ..] => (plan with { Record = folder }, 2),
                ["--work", var folder, ..] => (plan with { Work = folder }, 2),
                ["--cart", var file, ..] => (plan with { Cart = file }, 2),
                [var filter, ..] when filter[0] != '-' && plan.Filter.Length == 0 => (plan with { Filter = filter }, 1),
                [var other, ..] => throw new UsageException($"'{other}' is not understood, or lacks its value"),
                _ => throw new UsageException("nothing is left to read"),
            };
            args = args[used..];
        }

        return plan is { IsQuick: true, Record: not null }
            ? throw new UsageException("the figures of a quick run mean nothing and are not recorded")
            : plan;
    }
}
