namespace Cartridge.Reference;

/// <summary>
/// The salvager's checker: notes that something is wrong and goes on. It leaves out what is expected to be wrong here and does
/// not touch what is salvaged: lengths that the file no longer has, and the identity page that a record was made for.
/// </summary>
internal sealed class SalvageChecker : Checker
{
    private static readonly HashSet<string> LeftOut =
    [
        HeaderRule.Length.Id, CommitRule.Truncated.Id, CommitRule.IdentityHash.Id, CommitRule.ReadOnlyCompatible.Id,
        CommitRule.FreeBlocks.Id, CatalogRule.FileId.Id, BlobRule.Padding.Id,
    ];

    /// <summary>Whether anything was wrong since this was last set.</summary>
    public bool HasFault { get; set; }

    public override bool Skips(Rule rule) => LeftOut.Contains(rule.Id);

    public override bool Fault(Rule rule, Place place, string message, Severity severity = Severity.Error)
    {
        HasFault = true;
        return false;
    }
}
