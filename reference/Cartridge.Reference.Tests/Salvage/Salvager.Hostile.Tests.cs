namespace Cartridge.Reference.Tests;

/// <summary>Salvage of what somebody made to mislead it, and of encrypted containers.</summary>
public sealed class SalvagerHostileTests
{
    /// <summary>Nodes of another container, with right hashes, on exactly the pages that they say.</summary>
    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 0, 1 })]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 0, 1, 2 })]
    public void A_container_in_a_container_does_not_mislead(int[] destroyed)
    {
        const int Pages = 8;
        var first = BytesOf(Outer(new byte[Pages * Format.PageSize]));
        var start = new Wreck(Make(SalvagerTests.Content(1, Pages * Format.PageSize))).Owners.FindIndex(owner => owner == "chunk:inner.cart#0");
        Assert.True(start > 0 && first.Length > 0);

        var inner = new byte[Pages * Format.PageSize];
        var stranger = ContainerId.NewRandom();
        for (var i = 0; i < Pages; i++)
        {
            var page = inner.AsSpan(i * Format.PageSize, Format.PageSize);
            var record = new CatalogRecord { Type = EntryType.File, ChunkShift = 16, FileId = 1, Size = 5, Inline = "alien"u8.ToArray(), Mode = 0x1A4 };
            TreeNode.Leaf([System.Text.Encoding.UTF8.GetBytes($"alien-{i}")], [new TreeValue(record.Write())]).Write(page, PageType.CatalogNode, stranger, (ulong)(start + i), 99);
        }

        var wreck = new Wreck(Make(inner));
        Assert.Equal(start, wreck.Owners.FindIndex(owner => owner == "chunk:inner.cart#0"));
        using var salvaged = Salvaged.From(wreck.Without(destroyed));
        wreck.Judge(salvaged, destroyed, hasHistory: false);
        Assert.Equal(wreck.Entries.Keys.Order(StringComparer.Ordinal), salvaged.Told.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_encrypted_container_is_reported_without_the_key_and_copied_with_it()
    {
        using var key = CartridgeKey.FromBytes(SalvagerTests.Content(1, 32));
        var medium = new MemoryMedium();
        var content = SalvagerTests.Content(2, 100_000);
        using (var container = new CartridgeBuilder().Slug("x").Encrypt(key).Create(medium))
        {
            container.Write("large", content);
            container.Write("inline", "secret"u8);
            container.CreateSymbolicLink("link", "inline");
        }

        var bytes = BytesOf(medium);
        foreach (var destroyed in new[] { Array.Empty<int>(), [0] })
        {
            var broken = bytes.ToArray();
            Array.ForEach(destroyed, page => broken.AsSpan(page * Format.PageSize, Format.PageSize).Clear());
            using (var locked = Salvaged.From(broken))
            {
                Assert.True(locked.Report.IsLocked && !locked.IsMade && !locked.Report.IsComplete);
                Assert.All(locked.Told.Values, entry => Assert.Equal(SalvageOutcome.Whole, entry.Outcome));
                Assert.Equal(3, locked.Told.Count);
            }

            using var salvaged = Salvaged.From(broken, new SalvageOptions { Key = key });
            Assert.Equal(3, salvaged.Report.Whole);
            Assert.Equal(content, salvaged.Read("large"));
            Assert.Equal("secret"u8.ToArray(), salvaged.Read("inline"));
            using var wrong = CartridgeKey.FromBytes(SalvagerTests.Content(3, 32));
            Assert.Equal(ErrorCode.WrongKey, Assert.Throws<CartridgeException>(() => Salvaged.From(broken, new SalvageOptions { Key = wrong })).Code);
        }

        // With both records the key slots are gone: nobody can decrypt what is there.
        bytes.AsSpan(Format.PageSize, 2 * Format.PageSize).Clear();
        using var hopeless = Salvaged.From(bytes, new SalvageOptions { Key = key });
        Assert.True(hopeless.Report.IsLocked && !hopeless.IsMade);
    }

    /// <summary>Whatever the bytes, an answer comes: mutations of a container with all hashes mended where that is easy.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_nodes_whose_hashes_are_mended_end_in_an_answer(int seed)
    {
        var sound = Make(SalvagerTests.Content(1, 30_000));
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var broken = sound.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var page = broken.AsSpan(random.Next(broken.Length / Format.PageSize) * Format.PageSize, Format.PageSize);
                for (var bytes = random.Next(1, 8); bytes > 0; bytes--)
                {
                    page[random.Next(3) == 0 ? random.Next(33, 140) : random.Next(Format.PageSize)] = (byte)random.Next(256);
                }

                PageHeader.ComputeHash(page).CopyTo(page[PageHeaderFieldLocations.Hash..]);
                page[PageHeaderFieldLocations.Type] = page[PageHeaderFieldLocations.TypeAgain];
            }

            using var medium = Wreck.MemoryOf(broken[..(random.Next(4) == 0 ? random.Next(broken.Length) : broken.Length)]);
            try
            {
                Salvager.Salvage(medium, builder => builder.Create(new MemoryMedium()));
            }
            catch (CartridgeException e)
            {
                Assert.Equal(ErrorCode.NoValidCommit, e.Code);
            }
        }
    }

    /// <summary>Nodes that all refer to the same nodes below: every page is looked at once.</summary>
    [Fact]
    public void A_knotted_tree_costs_no_more_than_its_pages()
    {
        var sound = Make([1]);
        using var source = Wreck.MemoryOf(sound);
        var id = Identity.Read(source, new StrictChecker())!.Id;
        var levels = Format.MaxLevel;
        var broken = new byte[(Format.FixedBlocks + levels + 1) * Format.PageSize];
        var record = new CatalogRecord { Type = EntryType.File, ChunkShift = 16, FileId = 1, Size = 1, Inline = [1], Mode = 0x1A4 };
        var child = default(PageReference);
        for (var level = 0; level <= levels; level++)
        {
            var number = Format.FixedBlocks + level;
            var page = broken.AsSpan(number * Format.PageSize, Format.PageSize);
            var node = level == 0
                ? TreeNode.Leaf([[0x61]], [new TreeValue(record.Write())])
                : TreeNode.Interior((byte)level, [.. Enumerable.Range(0x62, 20).Select(key => new[] { (byte)key })], [.. Enumerable.Repeat(new Child(child), 21)]);
            node.Write(page, PageType.CatalogNode, id, (ulong)number, 5);
            child = new PageReference((ulong)number, 5, PageHeader.Read(page).Hash);
        }

        using var salvaged = Salvaged.From(broken);
        Assert.Equal(["a"], salvaged.Told.Keys);
        Assert.False(salvaged.Report.IsComplete);
    }

    private static byte[] Make(byte[] inner) => BytesOf(Outer(inner));

    private static MemoryMedium Outer(byte[] inner)
    {
        var medium = new MemoryMedium();
        var now = 1L;
        using var container = new CartridgeBuilder().Slug("outer").Id(new ContainerId(Enumerable.Repeat((byte)7, 16).ToArray())).Clock(() => now++).Create(medium);
        using var transaction = container.BeginTransaction();
        container.Write("inner.cart", inner);
        for (var i = 0; i < 200; i++)
        {
            container.Write($"{i:d3}-{new string('x', 200)}", SalvagerTests.Content(i, 600));
        }

        transaction.Commit();
        return medium;
    }

    private static byte[] BytesOf(MemoryMedium medium)
    {
        var bytes = new byte[medium.Length];
        medium.Read(0, bytes);
        return bytes;
    }
}
