namespace Cartridge.Reference.Tests.Verify;

public sealed class VerifierFreshTests
{
    [Fact]
    public void A_fresh_container_has_no_findings()
    {
        var report = Verifier.Verify(new MemoryMedium(FreshContainer.Bytes()));

        Assert.Empty(report.Findings);
        Assert.True(report.IsValid);
        Assert.Equal(1UL, report.Generation);
        Assert.Equal(64, report.StateHash!.Length);
    }

    [Fact]
    public void Every_requirement_is_listed_once() =>
        Assert.Equal(Verifier.Requirements.Count, Verifier.Requirements.Select(requirement => requirement.Key).Distinct().Count());
}

/// <summary>The three pages of a container in which nothing has been done yet.</summary>
internal static class FreshContainer
{
    public static byte[] Bytes()
    {
        var bytes = new byte[3 * Format.PageSize];
        var identity = new Identity
        {
            Id = new ContainerId("fresh container."u8),
            Created = 1,
            ContentChecksum = ContentChecksum.Sha256,
            Slug = "fresh"u8.ToArray(),
        };
        identity.Write().CopyTo(bytes, 0);
        for (var generation = 0UL; generation < 2; generation++)
        {
            var record = new CommitRecord
            {
                Generation = generation,
                Time = 1,
                TotalBlocks = 3,
                FreeBlocks = 0,
                NextFileId = 1,
                Title = "Fresh"u8.ToArray(),
                FreeMapField = FreeMap.Inline([]).Write(),
            };
            record.Write(identity, bytes.AsSpan(CommitRecord.PageOf(generation) * Format.PageSize, Format.PageSize));
        }

        return bytes;
    }
}
