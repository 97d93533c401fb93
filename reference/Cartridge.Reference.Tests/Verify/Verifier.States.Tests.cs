using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>What the verifier makes of the older state, of torn commits, and of writers that are at work meanwhile.</summary>
public sealed class VerifierStatesTests
{
    [Fact]
    public void Damage_in_the_older_state_alone_is_a_warning()
    {
        var damage = new Damage("small");
        var leaf = damage.Page(Older(damage).At(CommitFieldLocations.CatalogTree).Number64());
        leaf.At(3000).Flip();

        var report = Verify(damage);

        var finding = Assert.Single(report.Findings);
        Assert.Equal((Severity.Warning, "CART-PAG-004", (long)leaf.Page), (finding.Severity, finding.Requirement, finding.Page));
        Assert.Contains("older", finding.Owner, StringComparison.Ordinal);
        Assert.True(report.IsValid);
    }

    [Fact]
    public void A_wrong_field_of_the_older_record_is_a_warning()
    {
        var damage = new Damage("small");
        Older(damage).At(CommitFieldLocations.GrowthThreshold).U8(101);

        var report = Verify(damage.Mend());

        Assert.Equal((Severity.Warning, "CART-COM-018"), (Assert.Single(report.Findings).Severity, report.Findings[0].Requirement));
    }

    [Fact]
    public void Damage_that_both_states_share_is_told_once()
    {
        var damage = new Damage("deep");
        var shared = LeavesOf(damage, damage.Newest).Intersect(LeavesOf(damage, Older(damage))).First();
        damage.Page(shared).At(3000).Flip();

        var finding = Assert.Single(Verify(damage).Findings);

        Assert.Equal((Severity.Error, "CART-PAG-004", (long)shared), (finding.Severity, finding.Requirement, finding.Page));
    }

    [Fact]
    public void Where_the_newest_record_is_torn_the_older_one_is_the_state()
    {
        var damage = new Damage("small");
        var generation = damage.Generation;
        damage.Newest.At(2048).Span(2048).Fill(0xEE);

        var report = Verify(damage);

        Assert.Equal(generation - 1, report.Generation);
        Assert.Equal((Severity.Warning, "CART-COM-002"), (Assert.Single(report.Findings).Severity, report.Findings[0].Requirement));
        Assert.True(report.IsValid);
    }

    [Fact]
    public void A_damaged_state_is_never_replaced_by_the_older_one()
    {
        var damage = new Damage("small");
        damage.CatalogRoot.At(3000).Flip();

        var report = Verify(damage);

        Assert.Equal(damage.Generation, report.Generation);
        Assert.False(report.IsValid);
    }

    [Fact]
    public void What_hangs_on_something_damaged_is_not_judged()
    {
        var damage = new Damage("chunky");
        damage.CatalogRoot.At(3000).Flip();
        damage.ContentRoot.Child(1).At(3000).Flip();

        // Neither orphans, nor leaks, nor counts, nor hashes: two pages are damaged, and that is all that is known.
        Assert.Equal(["CART-PAG-004", "CART-PAG-004"], Verify(damage).Findings.Select(finding => finding.Requirement));
    }

    [Fact]
    public void A_container_that_is_written_meanwhile_is_judged_as_it_was()
    {
        var medium = new MemoryMedium();
        using var file = new CartridgeBuilder().Slug("busy").Create(medium);
        for (var i = 0; i < 20; i++)
        {
            file.Write($"constant-{i}", Specimens.Bytes(i, 50_000), new EntryMetadata { RecordContentHash = true });
        }

        file.Write("changing", Specimens.Bytes(2, 50_000));
        var before = file.Generation;
        var round = 0;
        using var disturbed = new DisturbedMedium(medium, () => file.Write("changing", Specimens.Bytes(round++, 50_000)));

        var report = Verifier.Verify(disturbed);

        Assert.Empty(report.Findings);
        Assert.Equal(before, report.Generation);
        Assert.True(round > 20, $"The writer came to write {round} times only.");
        Assert.Null(medium.Locks.OldestPin(ulong.MaxValue));
    }

    private static Spot Older(Damage damage) => damage.Record(3 - (int)damage.Newest.Page);

    private static VerifyReport Verify(Damage damage) => Verifier.Verify(new MemoryMedium(damage.Bytes));

    private static List<ulong> LeavesOf(Damage damage, Spot record)
    {
        var leaves = new List<ulong>();
        Visit(new Spot(damage, record.At(CommitFieldLocations.CatalogTree).Number64(), PageType.CatalogNode));
        return leaves;

        void Visit(Spot node)
        {
            if (node.Node.IsLeaf)
            {
                leaves.Add(node.Page);
                return;
            }

            for (var i = 0; i < node.Node.Children.Length; i++)
            {
                Visit(node.Child(i));
            }
        }
    }

    /// <summary>Has somebody write before every read of a block.</summary>
    private sealed class DisturbedMedium(IMedium inner, Action write) : IMedium
    {
        public long Length => inner.Length;

        public bool IsReadOnly => true;

        public ILocks Locks => inner.Locks;

        public int Read(long offset, Span<byte> destination)
        {
            if (offset >= Format.FixedBlocks * Format.PageSize)
            {
                write();
            }

            return inner.Read(offset, destination);
        }

        public void Write(long offset, ReadOnlySpan<byte> source) => throw new NotSupportedException();

        public void SetLength(long length) => throw new NotSupportedException();

        public void Sync() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
