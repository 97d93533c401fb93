namespace Cartridge.Reference.Tests.Verify;

/// <summary>Numbers that a file merely states cost neither memory nor time (CART-CNV-110).</summary>
public sealed class VerifierClaimsTests
{
    private const ulong Total = 1UL << 37;

    [Fact]
    public void Half_a_petabyte_that_is_only_claimed_costs_nothing()
    {
        using var medium = new HollowMedium(1L << 62);
        Found(medium, map: 64);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var report = Verifier.Verify(medium);

        Assert.Empty(report.Findings);
        Assert.Equal(Total, report.Statistics.TotalBlocks);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Half_a_petabyte_that_has_leaked_is_one_finding()
    {
        using var medium = new HollowMedium(1L << 62);
        Found(medium, map: 0);

        var finding = Assert.Single(Verifier.Verify(medium).Findings);

        Assert.Equal(("CART-SPC-006", 3L), (finding.Requirement, finding.Page));
    }

    [Fact]
    public void A_tree_that_is_tied_into_knots_ends()
    {
        // Each node has the one below it as both of its children: 2^15 ways lead from the root to the only leaf.
        var damage = new Damage("roomy");
        var record = new CatalogRecord { Type = EntryType.File, ChunkShift = 16, FileId = 1 };
        var node = TreeNode.Leaf(["a"u8.ToArray()], [new TreeValue(record.Write())]);
        var id = new ContainerId(damage.Page(0).At(IdentityFieldLocations.ContainerId).Span(ContainerId.Length));
        var reference = node.Write(damage.Page(3).Span(Format.PageSize), PageType.CatalogNode, id, 3, 1);
        const byte Levels = 12;
        for (byte level = 1; level <= Levels; level++)
        {
            var child = new Child(reference);
            var number = 3UL + level;
            reference = TreeNode.Interior(level, ["b"u8.ToArray()], [child, child])
                .Write(damage.Page(number).Span(Format.PageSize), PageType.CatalogNode, id, number, 1);
        }

        var root = new byte[TreeReference.Length];
        var fields = new FieldWriter(root);
        new TreeReference(reference, 1UL << Levels, Levels).Write(ref fields);
        root.CopyTo(damage.Newest.At(CommitFieldLocations.CatalogTree).Span(TreeReference.Length));
        damage.Newest.At(CommitFieldLocations.NextFileId).U64(2);
        damage.SetMap();
        damage.Mend();

        var report = Verifier.Verify(new MemoryMedium(damage.Bytes));
        using var file = CartridgeFile.Open(new MemoryMedium(damage.Bytes, readOnly: true));
        var refusal = Assert.Throws<CartridgeException>(() => file.List().Count());

        Assert.Equal(Levels, report.Findings.Count(finding => finding.Requirement == "CART-PAG-002"));
        Assert.InRange(report.Findings.Count, Levels, 2 * Levels);
        Assert.Equal("CART-TRE-012", refusal.Finding!.Requirement);
    }

    /// <summary>Writes the first three pages of a container of 2^37 blocks, all of them free.</summary>
    private static void Found(HollowMedium medium, int map)
    {
        var identity = new Identity
        {
            Id = new ContainerId("a hollow contain"u8),
            Created = 1,
            ContentChecksum = ContentChecksum.Sha256,
            Slug = "hollow"u8.ToArray(),
        };
        medium.Put(identity.Write(), 0);
        var share = Total / 64;
        var extents = Enumerable.Range(0, map).Select(i => (ulong)i * share)
            .Select(start => start == 0 ? new FreeExtent(3, (uint)(share - 3), 0) : new FreeExtent(start, (uint)share, 0)).ToList();
        for (var generation = 0UL; generation < 2; generation++)
        {
            var page = new byte[Format.PageSize];
            new CommitRecord
            {
                Generation = generation,
                Time = 1,
                TotalBlocks = Total,
                FreeBlocks = extents.Aggregate(0UL, (sum, e) => sum + e.Length),
                NextFileId = 1,
                Title = [],
                FreeMapField = FreeMap.Inline(extents).Write(),
            }.Write(identity, page);
            medium.Put(page, CommitRecord.PageOf(generation));
        }
    }

    /// <summary>A file of any length, of which only a few pages are there.</summary>
    private sealed class HollowMedium(long length) : IMedium
    {
        private readonly Dictionary<long, byte[]> _pages = [];

        public long Length => length;

        public bool IsReadOnly => true;

        public ILocks Locks { get; } = new MemoryMedium().Locks;

        public void Put(byte[] page, long number) => _pages[number] = page;

        public int Read(long offset, Span<byte> destination)
        {
            destination.Clear();
            for (var at = 0; at < destination.Length; at += Format.PageSize)
            {
                if (_pages.TryGetValue((offset + at) / Format.PageSize, out var page))
                {
                    page.AsSpan(0, Math.Min(page.Length, destination.Length - at)).CopyTo(destination[at..]);
                }
            }

            return destination.Length;
        }

        public void Write(long offset, ReadOnlySpan<byte> source) => throw new NotSupportedException();

        public void SetLength(long length) => throw new NotSupportedException();

        public void Sync() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
