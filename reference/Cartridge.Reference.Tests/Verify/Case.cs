using System.Collections.Frozen;
using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>One check broken on purpose, and nothing else.</summary>
/// <param name="Specimen">What is damaged.</param>
/// <param name="Do">Damages it and says where the finding has to point.</param>
internal sealed record Case(string Specimen, Func<Damage, Spot> Do)
{
    /// <summary>How grave it is.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>Whether hashes are put right afterwards.</summary>
    public bool Mends { get; init; } = true;

    /// <summary>Whether checksums of blobs are put right as well.</summary>
    public bool MendsBlobs { get; init; } = true;

    /// <summary>Other requirements that cannot but be violated along with it.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>Whether the check, switched off, leaves nothing else to be found.</summary>
    public bool AloneStands { get; init; } = true;

    /// <summary>The damaged container.</summary>
    public byte[] Make()
    {
        var damage = new Damage(Specimen);
        _ = Do(damage);
        return (Mends ? damage.Mend(MendsBlobs) : damage).Bytes;
    }

    /// <summary>Runs the case.</summary>
    /// <param name="name">The requirement, and behind a space what tells cases of one requirement apart.</param>
    public void Run(string name)
    {
        var requirement = name.Split(' ')[0];
        var code = Verifier.Requirements.Single(r => r.Key == requirement).Value;
        var damage = new Damage(Specimen);
        var spot = Do(damage);
        if (Mends)
        {
            damage.Mend(MendsBlobs);
        }

        using var key = Specimen.StartsWith("encrypted", StringComparison.Ordinal) ? Specimens.Key() : null;
        var options = new VerifyOptions { Key = key, Codecs = SystemCodecs.All };
        var findings = Verifier.Verify(new MemoryMedium(damage.Bytes), options).Findings;
        var finding = findings.FirstOrDefault(f => f.Requirement == requirement);
        Assert.True(finding is not null, $"not found; instead: {string.Join("; ", findings)}");
        Assert.Equal(code, finding.Code);
        Assert.Equal(Severity, finding.Severity);
        Assert.Equal(((long?)spot.Page, spot.IsWholePage ? null : spot.Offset), (finding.Page, finding.Offset));
        Assert.Equal(Also.Append(requirement).Order(), findings.Select(f => f.Requirement).Distinct().Order());

        var off = options with { SwitchedOff = new[] { requirement }.ToFrozenSet() };
        var others = Verifier.Verify(new MemoryMedium(damage.Bytes), off).Findings;
        Assert.DoesNotContain(others, f => f.Requirement == requirement);
        if (AloneStands)
        {
            Assert.Equal(Also.Order(), others.Select(f => f.Requirement).Distinct().Order());
        }
    }
}
