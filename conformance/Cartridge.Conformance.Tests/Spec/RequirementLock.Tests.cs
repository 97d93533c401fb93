using Cartridge.Conformance.Spec;

namespace Cartridge.Conformance.Tests.Spec;

public class RequirementLockTests
{
    private static readonly IReadOnlyDictionary<string, string> NoReasons = new Dictionary<string, string>();
    private static readonly Specification Old = Spec("One MUST be. [CART-ABC-101] Two MUST be. [CART-ABC-102]");
    private static readonly RequirementLock Locked = RequirementLock.Empty.Updated(Old, NoReasons);

    [Fact]
    public void A_lock_that_was_just_updated_has_no_differences()
    {
        Assert.Empty(Locked.Differences(Old, NoReasons));
        Assert.Empty(Locked.Forbids(Old));
        Assert.Equal(Locked.ToText(), RequirementLock.Parse(Locked.ToText()).ToText());
    }

    [Theory]
    [InlineData("One MUST always be. [CART-ABC-101] Two MUST be. [CART-ABC-102]", "the sentence of CART-ABC-101 has changed")]
    [InlineData("Two MUST be. [CART-ABC-102]", "CART-ABC-101 is gone from x.md and has no tombstone")]
    [InlineData("One MUST be. [CART-ABC-101] Two MUST be. [CART-ABC-102] Three MAY be. [CART-ABC-103]", "CART-ABC-103 is new")]
    public void A_specification_that_changed_without_the_lock_is_noticed(string text, string difference) =>
        Assert.Contains(difference, Assert.Single(Locked.Differences(Spec(text), NoReasons)));

    [Fact]
    public void A_check_that_changes_its_code_is_noticed()
    {
        RequirementLock before = RequirementLock.Empty.Updated(Spec(Check("page.bad-type")), NoReasons);
        Assert.Contains("another chapter, code", Assert.Single(before.Differences(Spec(Check("page.out-of-range")), NoReasons)));
    }

    [Fact]
    public void A_removed_id_stays_as_a_tombstone_and_is_not_given_again()
    {
        RequirementLock after = Locked.Updated(Spec("Two MUST be. [CART-ABC-102]"), NoReasons);

        Assert.Equal(LockedRequirement.Removed, after.Find("CART-ABC-101")!.Status);
        Assert.Contains("its number stays taken", Assert.Single(after.Forbids(Spec("Other MUST be. [CART-ABC-101] Two MUST be. [CART-ABC-102]"))));
    }

    [Fact]
    public void A_sentence_keeps_its_id() =>
        Assert.Contains("is now called CART-ABC-103", Assert.Single(Locked.Forbids(Spec("One MUST be. [CART-ABC-103] Two MUST be. [CART-ABC-102]"))));

    [Fact]
    public void A_removed_sentence_does_not_come_back_under_another_id()
    {
        RequirementLock after = Locked.Updated(Spec("Two MUST be. [CART-ABC-102]"), NoReasons);
        Assert.Single(after.Forbids(Spec("One MUST be. [CART-ABC-104] Two MUST be. [CART-ABC-102]")));
    }

    [Fact]
    public void Reasons_come_from_outside_and_belong_to_requirements()
    {
        Dictionary<string, string> reasons = new() { ["CART-ABC-101"] = "nobody sees it", ["CART-ABC-109"] = "what?" };

        Assert.Equal("nobody sees it", Locked.Updated(Old, reasons).Find("CART-ABC-101")!.Untestable);
        Assert.Contains(Locked.Differences(Old, reasons), difference => difference.Contains("CART-ABC-109, which is no requirement"));
    }

    private static string Check(string code) =>
        $"One MUST be. [CART-ABC-001]\n\n## Checks\n\n| id | code | phase | check |\n|---|---|---|---|\n| CART-ABC-001 | {code} | open | one |\n";

    private static Specification Spec(string text) => Specification.Of(SpecDocument.Parse("x.md", text));
}
