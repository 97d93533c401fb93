namespace Cartridge.Reference;

/// <summary>Where in a container a check looks.</summary>
/// <param name="Page">The page.</param>
/// <param name="Offset">The field's offset within the page, or null for the page as a whole.</param>
internal readonly record struct Place(long? Page, int? Offset = null)
{
    /// <summary>A place on a page that a container names; a number that no file could have is no page.</summary>
    public static Place Of(ulong page, int? offset = null) => new(page < (ulong)Format.MaxBlocks ? (long)page : null, offset);

    /// <summary>A field further on: at an offset within the structure that begins here.</summary>
    public Place Field(int offset) => this with { Offset = Offset + offset };
}

/// <summary>
/// Where checks report. Every check of the format is written once, as one line:
/// <code>ok &amp;= c.Skips(Rule) || condition || c.Fault(Rule, place, "message");</code>
/// The engine gives a checker that throws at the first fault; the verifier one that collects them all. A rule that is
/// switched off is skipped together with its condition: so the conformance suite proves that each check is needed.
/// </summary>
internal abstract class Checker
{
    /// <summary>What the checked bytes serve: a path (bytes) or a name. Findings name it.</summary>
    public object? Subject { get; set; }

    /// <summary>Whether this rule is switched off.</summary>
    public abstract bool Skips(Rule rule);

    /// <summary>Reports a violation. Always returns false, to end a check's chain of conditions.</summary>
    public abstract bool Fault(Rule rule, Place place, string message, Severity severity = Severity.Error);

    /// <summary>Makes the finding that a fault is reported as.</summary>
    protected Finding Describe(Rule rule, Place place, string message, Severity severity) =>
        new(severity, rule.Id, rule.Code, place.Page, place.Offset, SubjectText(), message);

    private string? SubjectText() => Subject switch
    {
        null => null,
        byte[] path => Text.Brief(path),
        var name => name.ToString(),
    };
}

/// <summary>The engine's checker: the first error ends the operation, before anything is used (CART-CNV-103, CART-CNV-105).</summary>
internal sealed class StrictChecker : Checker
{
    private List<Finding>? _lesser;

    /// <summary>What was noticed but is no error.</summary>
    public IReadOnlyList<Finding> Lesser => _lesser ?? [];

    public override bool Skips(Rule rule) => false;

    public override bool Fault(Rule rule, Place place, string message, Severity severity = Severity.Error)
    {
        var finding = Describe(rule, place, message, severity);
        if (severity == Severity.Error)
        {
            throw new CartridgeException(finding);
        }

        (_lesser ??= []).Add(finding);
        return false;
    }
}
