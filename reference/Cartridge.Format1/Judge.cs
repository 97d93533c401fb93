using System.Globalization;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>Where in a container a check looks.</summary>
/// <param name="Page">The page.</param>
/// <param name="Offset">The offset within the page, if the check is about one field.</param>
/// <param name="Owner">What the page serves: a path, mostly.</param>
internal readonly record struct Place(long? Page, int? Offset = null, string? Owner = null)
{
    /// <summary>A page that a container names; a number that no file could have is no page.</summary>
    public static Place Of(ulong page, string? owner = null) => new(page < long.MaxValue / Layout.PageSize ? (long)page : null, null, owner);
}

/// <summary>
/// Where checks report. Each is one line: <code>_ = j.Skips(Rule) || condition || j.Fault(Rule, place, "message");</code>
/// A rule that is switched off is skipped together with its condition.
/// </summary>
/// <param name="switchedOff">Ids of requirements that are not checked.</param>
/// <param name="maxFindings">After so many findings the verification ends.</param>
internal sealed class Judge(IReadOnlySet<string> switchedOff, int maxFindings)
{
    private const int BriefLength = 160;

    private readonly List<Finding> _findings = [];

    /// <summary>What was found, in order.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>A judge of everything, for readers.</summary>
    public static Judge OfAll() => new(new HashSet<string>(StringComparer.Ordinal), 10_000);

    /// <summary>Whether the rule is switched off.</summary>
    public bool Skips(Rule rule) => switchedOff.Count > 0 && switchedOff.Contains(rule.Id);

    /// <summary>Keeps a violation. Always returns false, to end a check's chain of conditions.</summary>
    /// <exception cref="EnoughException">There are more findings than anybody will read.</exception>
    public bool Fault(Rule rule, Place place, string message, Severity severity = Severity.Error)
    {
        if (_findings.Count >= maxFindings)
        {
            _findings.Add(new Finding(Severity.Error, "CART-CNV-107", ErrorCode.LimitExceeded, null, null, null, $"more than {maxFindings} findings; the verification ended here"));
            throw new EnoughException();
        }

        _findings.Add(new Finding(severity, rule.Id, rule.Code, place.Page, place.Offset, place.Owner is null ? null : Brief(place.Owner), message));
        return false;
    }

    /// <summary>Ends an operation with the first error that was found from some point on, if there is one.</summary>
    public void ThrowIfError(int from = 0)
    {
        if (_findings.Skip(from).FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
        {
            throw new CartridgeException(error);
        }
    }

    /// <summary>A text for people: short, and with nothing in it that commands a terminal.</summary>
    public static string Brief(string text)
    {
        var brief = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(BriefLength))
        {
            _ = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? brief.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
                : brief.Append(rune.ToString());
        }

        return text.Length > 2 * BriefLength ? $"{brief}... ({text.Length} characters)" : brief.ToString();
    }

    /// <summary>Ends a verification from wherever it is.</summary>
    internal sealed class EnoughException : Exception;
}
