namespace Cartridge.Formats.Walk;

/// <summary>The container is not a valid one, or costs more than is allowed; the walk ended at the first fault.</summary>
public sealed class WalkException : Exception
{
    /// <summary>What nobody can tell from one page, in the chapters whose other checks are made on access.</summary>
    private static readonly HashSet<string?> NeedTheWholeState =
    [
        "CART-PAG-002", "CART-TRE-013", "CART-CAT-016", "CART-CAT-023", "CART-CON-001", "CART-CON-002",
        "CART-ONE-006", "CART-ONE-007", "CART-ONE-008", "CART-ONE-009", "CART-ONE-022", "CART-ONE-023", "CART-ONE-024", "CART-ONE-025",
        "CART-ONE-027", "CART-ONE-028", "CART-ONE-031", "CART-ONE-034", "CART-ONE-035", "CART-ONE-040", "CART-ONE-041", "CART-ONE-042",
    ];

    internal WalkException(string? requirement, string code, ulong? page, string message, Exception? inner = null)
        : base($"{code}{(page is null ? "" : $" in page {page}")}: {message}{(requirement is null ? "" : $" [{requirement}]")}", inner)
    {
        Requirement = requirement;
        Code = code;
        Page = page;
    }

    /// <summary>
    /// The requirement of the specification that is broken, as in <c>CART-PAG-004</c>; null where none is, and only a limit of
    /// <see cref="WalkOptions"/> was reached.
    /// </summary>
    public string? Requirement { get; }

    /// <summary>Class and name of the error, as in <c>page.checksum-mismatch</c>.</summary>
    public string Code { get; }

    /// <summary>The page that holds the faulty bytes, or null where the fault is the file's.</summary>
    public ulong? Page { get; }

    /// <summary>The phase that the specification gives for the requirement. A walk may come upon the fault in an earlier one.</summary>
    public WalkPhase Phase => Requirement?.Split('-') switch
    {
        [_, "HDR" or "COM", _] => WalkPhase.Open,
        [_, "ENC", "009" or "010" or "011" or "012"] => WalkPhase.Access,
        [_, "ENC", _] => WalkPhase.Open,
        [_, "ONE", "001" or "002" or "003" or "004" or "005"] => WalkPhase.Open,
        [_, "SPC", _] => WalkPhase.Verify,
        [_, "SNP", "010" or "011" or "012" or "013" or "014" or "015"] => WalkPhase.Verify,
        _ => NeedTheWholeState.Contains(Requirement) ? WalkPhase.Verify : WalkPhase.Access,
    };
}
