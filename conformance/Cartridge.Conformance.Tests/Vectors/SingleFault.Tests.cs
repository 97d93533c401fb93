using Cartridge.Conformance.Mending;
using Cartridge.Conformance.Spec;
using Cartridge.Conformance.Vectors;
using Cartridge.Reference;
using Cartridge.Testing;
using Mender = Cartridge.Conformance.Mending.Mender;

namespace Cartridge.Conformance.Tests.Vectors;

/// <summary>
/// What a bad vector is worth: it has one fault and no other, and it is refused for that fault. All of it is asked of the files as
/// they are, not of the program that made them.
/// </summary>
public class SingleFaultTests
{
    private static readonly Specification Chapters = Specification.Load(RepositoryRoot.Find());

    public static TheoryData<string> Faulty => Suite.Ids(vector => vector is { Fault: not null, Status: "active" });

    public static TheoryData<string> Rejected => Suite.Ids(vector => vector is { Expect.Kind: "reject", Status: "active", WithoutKeyOf: null });

    public static TheoryData<string> Denied => Suite.Ids(vector => vector is { WithoutKeyOf: not null, Status: "active" });

    [Theory]
    [MemberData(nameof(Faulty))]
    public void The_base_is_sound(string id)
    {
        VectorCase varied = Suite.Vectors.Case(Suite.Vectors.Case(id).Fault!.Base);
        Assert.True(Suite.IsAccepted(varied));
        IReadOnlyList<Finding> findings = Suite.Findings(varied.Id);
        Assert.True(findings.All(finding => finding.Severity != Severity.Error), Suite.Describe(findings));
    }

    /// <summary>Nothing differs from the base but the places that are named, and hashes that follow from them.</summary>
    [Theory]
    [MemberData(nameof(Faulty))]
    public void Undoing_the_mutation_gives_the_base(string id)
    {
        Fault fault = Suite.Vectors.Case(id).Fault!;
        byte[] sound = Suite.Input(fault.Base);
        byte[] undone = [.. Suite.Input(id).Take(sound.Length), .. new byte[Math.Max(0, sound.Length - Suite.Input(id).Length)]];
        foreach (FaultPlace place in fault.Places)
        {
            int start = (int)Math.Min((place.Page * Spot.PageSize) + place.Offset, sound.Length);
            int length = (int)Math.Min(place.Length, sound.Length - start);
            sound.AsSpan(start, length).CopyTo(undone.AsSpan(start));
        }

        // Nothing in format 1 guards anything, so nothing has to be mended.
        Mender mender = new(sound, undone);
        foreach (FaultPlace place in fault.Places.Where(place => !Suite.IsFormatOne(id)).Where(place => place.Page < sound.Length / Spot.PageSize))
        {
            mender.Mend(place.Page);
        }

        Assert.Equal(sound, mender.Bytes);
        Assert.NotEqual(sound, Suite.Input(id));
    }

    /// <summary>
    /// The check finds the fault, and without its condition nobody else reports the code. A fault that breaks two checks under one
    /// code names both, and both are switched off.
    /// </summary>
    [Theory]
    [MemberData(nameof(Faulty))]
    public void Switching_the_check_off_silences_the_code(string id)
    {
        VectorCase vector = Suite.Vectors.Case(id);
        string requirement = vector.Requirements[0];
        Expectation told = vector.Expect.Outcomes?[0] ?? vector.Expect;
        string code = (told.Codes ?? told.Warnings ?? told.Notes)![0];
        Severity severity = told switch
        {
            { Codes: not null } => Severity.Error,
            { Warnings: not null } => Severity.Warning,
            _ => Severity.Note,
        };
        IReadOnlyList<Finding> findings = Suite.Findings(id);
        Assert.Contains(findings, finding => finding.Requirement == requirement);
        Assert.Contains(findings, finding => finding.Severity == severity && finding.Code.ToString() == code);

        string[] broken = vector.Expect.Kind == "reject" ? [.. vector.Requirements] : [requirement];
        Assert.DoesNotContain(Suite.Findings(id, broken), finding => finding.Severity == severity && finding.Code.ToString() == code);
    }

    /// <summary>
    /// Other codes are allowed only where the same fault breaks other checks: the verifier reports them too, or would if it had
    /// got past the first.
    /// </summary>
    [Theory]
    [MemberData(nameof(Rejected))]
    public void Every_code_that_is_allowed_is_met(string id)
    {
        VectorCase vector = Suite.Vectors.Case(id);
        HashSet<string> met =
        [
            .. Suite.Findings(id)
                .Concat(Suite.Findings(id, [.. vector.Requirements]))
                .Where(finding => finding.Severity == Severity.Error)
                .Select(finding => finding.Code.ToString()),
        ];
        Assert.Subset(met, vector.Expect.Codes!.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Nothing is wrong but the want of a key: with it the same container is accepted, and without it nothing is found wrong.</summary>
    [Theory]
    [MemberData(nameof(Denied))]
    public void Only_the_key_is_missing(string id)
    {
        VectorCase vector = Suite.Vectors.Case(id);
        VectorCase open = Suite.Vectors.Case(vector.WithoutKeyOf!);
        Assert.True(Suite.IsAccepted(open));
        Assert.NotNull(open.Keys);
        Assert.Null(vector.Keys);
        Assert.Equal(Suite.Input(open.Id), Suite.Input(id));
        Assert.True(Suite.Verify(open.Id).IsValid, Suite.Describe(Suite.Verify(open.Id).Findings));
        Assert.True(Suite.Verify(id).IsValid, Suite.Describe(Suite.Verify(id).Findings));
        Assert.Equal("crypto.missing-key", Assert.Single(vector.Expect.Codes!));
        Assert.All(vector.Steps, step => Assert.Equal("read", step.Op));
    }

    /// <summary>The vector asks for the refusal when the specification does, under the code that the specification gives.</summary>
    [Theory]
    [MemberData(nameof(Rejected))]
    public void The_specification_says_the_same(string id)
    {
        VectorCase vector = Suite.Vectors.Case(id);
        Check check = Chapters.FindCheck(vector.Requirements[0])!;
        string[] moments = check.Phase == "access" ? ["access", "verify"] : [check.Phase];
        Assert.Contains(vector.Expect.When, moments);

        // Checks 001 to 009 of a record are errors under 010, and only where no record verifies.
        string code = vector.Id.StartsWith("commit/only-record-", StringComparison.Ordinal)
            ? "container.no-valid-commit"
            : check.Code;
        Assert.Equal(code, vector.Expect.Codes![0]);
    }
}
