using System.Globalization;
using System.Text;

namespace Cartridge.Benchmarks;

/// <summary>Figures for people.</summary>
internal static class Tables
{
    private const string Nothing = "";

    /// <summary>One comparison on a line of the terminal.</summary>
    public static string Line(Comparison comparison, Result result) =>
        $"{comparison.Case}: {result.Subject}, yardstick {result.Yardstick}; ratio {Ratio(comparison, result)}"
        + (comparison.Bar.Kind == BarKind.None ? "" : $", bar {comparison.Bar.Text}: {Verdict(comparison, result)}")
        + (result.AllocatedBytes is { } allocated ? $"; allocates {allocated} bytes" : "");

    /// <summary>The page of one machine.</summary>
    public static string Of(Journal journal, bool hasNotes)
    {
        var page = new StringBuilder();
        page.Append("# Results\n\n");
        page.Append("Written by `run --record`; [how to read this](../README.md). Change nothing here by hand.");
        page.Append(hasNotes ? " [Notes](notes.md) say what is behind the figures, and why a bar is missed.\n\n" : "\n\n");
        if (journal.Machine is { } machine)
        {
            page.Append("| machine | |\n| --- | --- |\n");
            foreach (var (name, value) in machine.Rows())
            {
                page.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
            }
        }
        else
        {
            page.Append("Nothing has been measured on this machine yet.\n");
        }

        foreach (var group in Catalogue.Groups)
        {
            Append(page, group, journal);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, Group group, Journal journal)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {group.Title}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Measured: {group.Subject}.\\\nYardstick: {group.Yardstick}.\n\n");
        page.Append("| case | measured | yardstick | ratio | bar | met | allocated | date |\n");
        page.Append("| --- | --- | --- | --: | --- | --- | --: | --- |\n");
        foreach (var comparison in group.Comparisons)
        {
            var result = journal.ResultOf(group.IdOf(comparison));
            string[] cells = result is null
                ? [comparison.Case, Nothing, Nothing, Nothing, comparison.Bar.Text, Nothing, Nothing, Nothing]
                :
                [
                    comparison.Case, result.Subject.ToString(), result.Yardstick.ToString(), Ratio(comparison, result), comparison.Bar.Text,
                    Verdict(comparison, result), $"{result.AllocatedBytes}", result.Date.ToString("O", CultureInfo.InvariantCulture),
                ];
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
        }
    }

    private static string Ratio(Comparison comparison, Result result) => $"{comparison.Bar.RatioOf(result):0.00}";

    private static string Verdict(Comparison comparison, Result result) => comparison.Bar.IsMet(result) switch
    {
        true => "yes",
        false => "**no**",
        null => "-",
    };
}
