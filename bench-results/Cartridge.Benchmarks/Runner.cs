namespace Cartridge.Benchmarks;

/// <summary>Carries a plan out: one group after the other, each figure printed and recorded as soon as there is one.</summary>
internal static class Runner
{
    /// <summary>Runs what the plan wants.</summary>
    /// <returns>Whether all bars were met.</returns>
    /// <exception cref="UsageException">The plan wants nothing that there is.</exception>
    public static bool Run(Plan plan, TextWriter output)
    {
        var wanted = Catalogue.Groups
            .Select(group => (Group: group, Comparisons: group.Comparisons.Where(c => group.IdOf(c).Contains(plan.Filter, StringComparison.Ordinal)).ToList()))
            .Where(entry => entry.Comparisons.Count > 0)
            .ToList();
        if (wanted.Count == 0)
        {
            throw new UsageException($"nothing has '{plan.Filter}' in its name");
        }

        using var workspace = Workspace.Open(plan.Work);
        MillionPaths.IsQuick = plan.IsQuick;
        var machine = Machine.Describe(workspace.Folder);
        output.WriteLine(machine.Summary);
        var journal = plan.Record is null ? null : Journal.Load(plan.Record) with { Machine = machine };
        var met = true;
        foreach (var (group, comparisons) in wanted)
        {
            output.WriteLine();
            output.WriteLine($"{group.Title}: {group.Subject}; yardstick: {group.Yardstick}");
            if (group.ObstacleTo(plan) is { } obstacle)
            {
                output.WriteLine($"  not measured: {obstacle}");
                continue;
            }

            foreach (var result in group.Measure(comparisons, plan))
            {
                var comparison = comparisons.Single(c => group.IdOf(c) == result.Id);
                met &= comparison.Bar.IsMet(result) ?? true;
                output.WriteLine($"  {Tables.Line(comparison, result)}");
                if (plan.Record is not null)
                {
                    journal = journal!.With(result);
                    journal.Write(plan.Record);
                }
            }
        }

        return met;
    }
}

/// <summary>Prints what there is to measure.</summary>
internal static class Listing
{
    /// <summary>Prints every comparison with its bar.</summary>
    public static void Print(TextWriter output)
    {
        foreach (var group in Catalogue.Groups)
        {
            output.WriteLine($"{group.Title}: {group.Subject}; yardstick: {group.Yardstick}");
            foreach (var comparison in group.Comparisons)
            {
                output.WriteLine($"  {group.IdOf(comparison),-36} {comparison.Case}: {comparison.Bar.Text}");
            }
        }
    }
}
