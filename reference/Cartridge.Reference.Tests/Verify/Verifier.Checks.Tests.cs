namespace Cartridge.Reference.Tests.Verify;

/// <summary>Every check, broken alone: the finding has the right code and place, and goes when the check is switched off.</summary>
public sealed class VerifierChecksTests
{
    private static readonly Dictionary<string, Case> Cases = new[]
        {
            HeaderCases.All, PageCases.All, TreeCases.All, CatalogCases.All, SpaceCases.All, SnapshotCases.All, LineageCases.All, EncryptionCases.All, CodecCases.All,
        }
        .SelectMany(cases => cases).ToDictionary();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_violation_is_found_where_it_is_and_by_no_other_check(string name) => Cases[name].Run(name);

    [Fact]
    public void Every_check_has_its_case() =>
        Assert.Empty(Verifier.Requirements.Select(requirement => requirement.Key).Except(Cases.Keys.Select(name => name.Split(' ')[0])));
}
