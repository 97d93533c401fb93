using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Verify;

public sealed class SpecimensTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Specimens.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_specimen_is_valid_and_always_the_same(string name)
    {
        var bytes = Specimens.All[name]();

        var report = Verifier.Verify(new MemoryMedium(bytes), new VerifyOptions { CollectOwners = true, Codecs = SystemCodecs.All });

        output.WriteLine($"{bytes.Length} bytes, {report.Statistics}, owners {string.Join(' ', report.PageOwners().Select(o => o.Owner).Distinct().Take(60))}");
        Assert.Empty(report.Findings);
        Assert.Equal(report.Statistics.TotalBlocks, (ulong)report.PageOwners().Count());
        Assert.Equal(bytes, Specimens.All[name]());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mending_a_valid_container_changes_nothing(string name)
    {
        var bytes = Specimens.All[name]();
        var mended = bytes.ToArray();

        Mender.Mend(mended);

        Assert.Equal(bytes, mended);
    }
}
