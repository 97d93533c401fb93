namespace Cartridge.Formats.Walk;

/// <summary>The container is not a valid one, or costs more than is allowed; the walk ended at the first fault.</summary>
public sealed class WalkException : Exception
{
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

    /// <summary>The phase whose work the fault stands in the way of. It follows from the chapter of the requirement.</summary>
    public WalkPhase Phase => Requirement?.Split('-') switch
    {
        [_, "HDR" or "COM", _] => WalkPhase.Open,
        [_, "SPC", _] => WalkPhase.Verify,
        _ => WalkPhase.Access,
    };
}
