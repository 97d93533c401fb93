namespace Cartridge.Reference;

/// <summary>The verifier's own limits, reported like faults. They are no checks of the format.</summary>
internal static class VerifyRule
{
    public static readonly Rule TooManyFindings = new("CART-CNV-107", ErrorCode.LimitExceeded);
    public static readonly Rule NotDecoded = new("CART-COD-106", ErrorCode.CodecUnavailable);
    public static readonly Rule TooManyZeros = new("CART-CNV-110", ErrorCode.LimitExceeded);
}

/// <summary>The verifier's checker: keeps what is found and goes on.</summary>
internal sealed class Collector(IReadOnlySet<string> switchedOff, int maxFindings) : Checker
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<long> _pages = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The gravest severity in force: while the older state is looked at, nothing is more than a warning.</summary>
    public Severity Gravest { get; set; } = Severity.Error;

    public override bool Skips(Rule rule) => switchedOff.Count > 0 && switchedOff.Contains(rule.Id);

    /// <inheritdoc/>
    /// <exception cref="EnoughException">There are more findings than anybody will read.</exception>
    public override bool Fault(Rule rule, Place place, string message, Severity severity = Severity.Error)
    {
        if (_findings.Count >= maxFindings)
        {
            Subject = null;
            _findings.Add(Describe(VerifyRule.TooManyFindings, default, $"more than {maxFindings} findings; the verification ended here", Severity.Error));
            throw new EnoughException();
        }

        _findings.Add(Describe(rule, place, message, severity > Gravest ? Gravest : severity));
        if (place.Page is { } page)
        {
            _pages.Add(page);
        }

        return false;
    }

    /// <summary>Whether something was found on a page.</summary>
    public bool HasFindingOn(ulong page) => page <= long.MaxValue && _pages.Contains((long)page);

    /// <summary>Forgets the latest findings: what they were about has changed meanwhile.</summary>
    /// <param name="kept">How many of the first to keep.</param>
    public void Forget(int kept) => _findings.RemoveRange(kept, _findings.Count - kept);

    /// <summary>Ends a verification from wherever it is.</summary>
    internal sealed class EnoughException : Exception;
}

/// <summary>A checker for reading once more what was judged before: it says nothing.</summary>
internal sealed class SilentChecker(bool skipsAll) : Checker
{
    /// <summary>Takes apart whatever can be taken apart.</summary>
    public static readonly SilentChecker Lenient = new(skipsAll: true);

    /// <summary>Takes only what is right.</summary>
    public static readonly SilentChecker Strict = new(skipsAll: false);

    public override bool Skips(Rule rule) => skipsAll;

    public override bool Fault(Rule rule, Place place, string message, Severity severity = Severity.Error) => false;
}
