using System.Runtime.CompilerServices;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Verify;

public sealed class VerifierReportTests
{
    [Fact]
    public void The_report_counts_what_was_looked_at()
    {
        var report = Verify(new Damage("small"));

        Assert.True(report.IsValid);
        Assert.Equal((10, 7, 1, 2), (report.Statistics.Entries, report.Statistics.Files, report.Statistics.Directories, report.Statistics.SymbolicLinks));
        Assert.Equal(3UL, report.Generation);
        Assert.Equal(new Damage("small").Newest.At(1).Span(32).ToArray(), Convert.FromHexString(report.StateHash!));
    }

    [Fact]
    public void Each_page_has_an_owner_when_asked_for()
    {
        var damage = new Damage("small");

        var owners = Verify(damage, new VerifyOptions { CollectOwners = true }).PageOwners().ToList();

        Assert.Equal(Enumerable.Range(0, damage.Pages), owners.Select(page => (int)page.Page));
        Assert.Equal(["identity", "commit", "commit"], owners.Take(3).Select(page => page.Owner));
        Assert.Equal("catalog/0", owners[(int)damage.CatalogRoot.Page].Owner);
        Assert.Equal("content/0", owners[(int)damage.ContentRoot.Page].Owner);
        Assert.Equal(3, owners.Count(page => page.Owner.StartsWith("chunk:hashed#", StringComparison.Ordinal)));
        Assert.Equal(2, owners.Count(page => page.Owner == "value:folder/wide"));
        Assert.Contains(owners, page => page.Owner == "free");
        Assert.Contains(Verify(new Damage("fragmented"), new VerifyOptions { CollectOwners = true }).PageOwners(), page => page.Owner == "map");
        Assert.Empty(Verify(damage).PageOwners());
    }

    [Fact]
    public void After_the_last_finding_that_is_wanted_one_more_says_so()
    {
        var damage = new Damage("small");
        foreach (var path in new[] { "empty", "hashed", "holes", "plain" })
        {
            damage.CatalogRoot.Value(path).Plus(15).U8(1);
        }

        var all = Verify(damage.Mend());
        var few = Verify(damage, new VerifyOptions { MaxFindings = 3 });

        Assert.Equal(4, all.Findings.Count);
        Assert.Equal(all.Findings.Take(3), few.Findings.Take(3));
        Assert.Equal(4, few.Findings.Count);
        Assert.Equal(("limit.exceeded", "CART-CNV-107"), (few.Findings[3].Code.ToString(), few.Findings[3].Requirement));
        Assert.False(few.IsValid);
    }

    [Fact]
    public void Exactly_as_many_findings_as_are_wanted_are_no_reason_to_stop()
    {
        var damage = new Damage("small");
        damage.CatalogRoot.Value("plain").Plus(15).U8(1);

        Assert.Single(Verify(damage.Mend(), new VerifyOptions { MaxFindings = 1 }).Findings);
    }

    [Fact]
    public void Findings_name_the_path_and_nothing_that_a_terminal_would_obey()
    {
        var damage = new Damage("small");
        damage.Page(damage.PageOwnedBy("chunk:hashed#1")).At(1).Flip();
        damage.CatalogRoot.Key(damage.CatalogRoot.IndexOf("plain"), _ => [.. "plain/\e[2J"u8, .. new byte[300].Select(_ => (byte)'x')]);
        damage.CatalogRoot.Value(damage.CatalogRoot.Node.Keys.Length - 1).Plus(15).U8(1);
        damage.Mend(blobsToo: false);

        var findings = Verify(damage).Findings;

        Assert.Equal(2, findings.Count);
        Assert.StartsWith(@"plain/\x1b[2Jxxx", findings[0].Owner, StringComparison.Ordinal);
        Assert.EndsWith("... (310 bytes)", findings[0].Owner, StringComparison.Ordinal);
        Assert.Equal("hashed", findings[1].Owner);
    }

    [Fact]
    public void Holes_beyond_all_measure_leave_a_content_hash_unchecked()
    {
        var damage = new Damage("small");
        damage.CatalogRoot.Value("hashed").Plus(16).U64(long.MaxValue);

        var report = Verify(damage.Mend(), new VerifyOptions { MaxHashedZeros = 1_000_000 });

        var finding = Assert.Single(report.Findings);
        Assert.Equal((Severity.Warning, "limit.exceeded"), (finding.Severity, finding.Code.ToString()));
        Assert.True(report.IsValid);
    }

    [Theory]
    [InlineData("", "container.truncated")]
    [InlineData("CART", "container.truncated")]
    [InlineData("Once upon a time", "container.bad-magic")]
    public void A_file_that_is_no_container_is_called_what_it_is(string text, string code)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Equal(code, Assert.Single(Verifier.Verify(path).Findings).Code.ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_no_finding() =>
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<CartridgeException>(() => Verifier.Verify("/nowhere/at/all.cart")).Code);

    [Fact]
    public void The_memory_for_a_file_is_what_the_documentation_says() => Assert.Equal(32, Unsafe.SizeOf<FileSummary>());

    [Fact]
    public void The_same_bytes_give_the_same_findings()
    {
        var damaged = new Mutator(new Random(5), [Specimens.Deep()]).Apply(Specimens.Deep());

        Assert.Equal(Verifier.Verify(new MemoryMedium(damaged)).Findings, Verifier.Verify(new MemoryMedium(damaged)).Findings);
    }

    private static VerifyReport Verify(Damage damage, VerifyOptions? options = null) => Verifier.Verify(new MemoryMedium(damage.Bytes), options);
}
