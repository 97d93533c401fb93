using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Spec;

/// <summary>One chapter of the specification, taken apart.</summary>
internal sealed partial class SpecDocument
{
    private static readonly string[] ChecksColumns = ["id", "code", "phase", "check"];
    private static readonly string[] Phases = ["open", "access", "verify", "open (note)", "verify (note)"];

    private readonly List<Requirement> _requirements = [];
    private readonly List<Check> _checks = [];
    private readonly List<Layout> _layouts = [];
    private readonly List<string> _problems = [];

    private SpecDocument(string name, string text)
    {
        Name = name;
        Blocks = MarkdownBlock.Parse(text.Split('\n'));
        string heading = "";
        foreach (MarkdownBlock block in Blocks)
        {
            switch (block.Kind)
            {
                case MarkdownKind.Heading:
                    heading = block.HeadingText;
                    RejectRequirements(block);
                    break;
                case MarkdownKind.Text:
                    ReadSentences(block);
                    break;
                case MarkdownKind.Table:
                    RejectRequirements(block);
                    ReadTable(block, heading);
                    break;
                default:
                    break;
            }
        }

        ReportMissingChecks();
    }

    /// <summary>The chapter's file name.</summary>
    public string Name { get; }

    /// <summary>The chapter's blocks, in order.</summary>
    public IReadOnlyList<MarkdownBlock> Blocks { get; }

    /// <summary>Its requirements, in order.</summary>
    public IReadOnlyList<Requirement> Requirements => _requirements;

    /// <summary>The rows of its table "Checks".</summary>
    public IReadOnlyList<Check> Checks => _checks;

    /// <summary>Its layout tables.</summary>
    public IReadOnlyList<Layout> Layouts => _layouts;

    /// <summary>What breaks the rules of spec/README.md, each with its place.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Takes a chapter apart.</summary>
    /// <param name="name">The chapter's file name.</param>
    /// <param name="text">Its content.</param>
    public static SpecDocument Parse(string name, string text) => new(name, text);

    private void ReadSentences(MarkdownBlock block)
    {
        foreach (Sentence sentence in Sentences.Of(block))
        {
            bool normative = Requirement.Keyword().IsMatch(sentence.Masked);
            Match marker = Requirement.Marker().Match(sentence.Masked);
            if (!marker.Success)
            {
                if (normative)
                {
                    Report(sentence.Line, $"a normative sentence has no id: {sentence.Text}");
                }

                continue;
            }

            string id = marker.Groups[1].Value;
            if (!normative)
            {
                Report(sentence.Line, $"the sentence of {id} says neither MUST, SHOULD nor MAY: {sentence.Text}");
            }

            _requirements.Add(new(id, Name, sentence.Line, sentence.Text[..marker.Index].TrimEnd()));
        }
    }

    private void ReadTable(MarkdownBlock block, string heading)
    {
        IReadOnlyList<IReadOnlyList<string>> rows = block.TableRows;
        Match layout = LayoutHeading().Match(heading);
        bool named = layout.Success && !_layouts.Exists(known => known.Name == layout.Groups["name"].Value);
        if (named != rows[0].SequenceEqual(Layout.Columns, StringComparer.Ordinal))
        {
            Report(block.Line, "layouts, and nothing else, are the tables offset | length | field | meaning, each under its own heading \"Layout: name\"");
        }
        else if (named)
        {
            Layout table = new(layout.Groups["name"].Value, Name, block.Line, [.. rows.Skip(1).Select(LayoutField.FromRow)]);
            _problems.AddRange(table.Problems());
            _layouts.Add(table);
        }
        else if (rows[0].SequenceEqual(ChecksColumns, StringComparer.Ordinal))
        {
            _checks.AddRange(rows.Skip(1).Select(row => new Check(row[0], row[1], row[2], row[3], block.Line)));
        }
    }

    private void RejectRequirements(MarkdownBlock block)
    {
        foreach (string line in block.Lines)
        {
            if (Requirement.Marker().IsMatch(line) || Requirement.Keyword().IsMatch(line))
            {
                Report(block.Line, $"requirements stand in sentences, not here: {line.Trim()}");
            }
        }
    }

    private void ReportMissingChecks()
    {
        foreach (Check check in _checks)
        {
            if (!_requirements.Exists(requirement => requirement.Id == check.Id && requirement.IsCheck))
            {
                Report(check.Line, $"{check.Id} is in the table \"Checks\", but no sentence of the chapter carries it as a check");
            }

            if (!Phases.Contains(check.Phase))
            {
                Report(check.Line, $"{check.Id} has the unknown phase \"{check.Phase}\"");
            }
        }

        foreach (Requirement requirement in _requirements.Where(requirement => requirement.IsCheck))
        {
            if (_checks.Count(check => check.Id == requirement.Id) != 1)
            {
                Report(requirement.Line, $"the check {requirement.Id} needs one row in the table \"Checks\"");
            }
        }
    }

    private void Report(int line, string problem) => _problems.Add($"{Name}:{line}: {problem}");

    [GeneratedRegex(@"^(?:[0-9.]+ )?Layout: (?<name>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex LayoutHeading();
}
