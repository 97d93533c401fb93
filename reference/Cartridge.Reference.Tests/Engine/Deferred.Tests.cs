namespace Cartridge.Reference.Tests;

public sealed class DeferredTests
{
    private static readonly OpenOptions Deferred = new() { Durability = Durability.Deferred };

    [Fact]
    public void Operations_gather_and_flush_publishes_them_as_one_commit()
    {
        using var medium = new MemoryMedium();
        new CartridgeBuilder().Slug("x").Create(medium).Dispose();
        using var container = CartridgeFile.Open(medium, Deferred);
        var before = container.Generation;
        container.Write("a", "1"u8);
        container.Write("b", "2"u8);
        Assert.Equal("1"u8, container.Read("a"));
        Assert.Equal(before, container.Generation);
        Assert.Equal([], Published(medium));
        container.Flush();
        Assert.Equal(before + 1, container.Generation);
        Assert.Equal(["a", "b"], Published(medium));
        container.Flush();
        Assert.Equal(before + 1, container.Generation);
    }

    [Fact]
    public void Closing_publishes_what_has_gathered()
    {
        using var medium = new MemoryMedium();
        new CartridgeBuilder().Slug("x").Create(medium).Dispose();
        using (var container = CartridgeFile.Open(medium, Deferred))
        {
            container.Write("a", "1"u8);
        }

        Assert.Equal(["a"], Published(medium));
    }

    [Fact]
    public void A_failed_operation_takes_nothing_else_back()
    {
        using var medium = new MemoryMedium();
        new CartridgeBuilder().Slug("x").Create(medium).Dispose();
        using var container = CartridgeFile.Open(medium, Deferred);
        container.Write("a", "1"u8);
        Assert.Throws<CartridgeException>(() => container.Delete("missing"));
        container.Flush();
        Assert.Equal(["a"], Published(medium));
    }

    [Fact]
    public void A_transaction_that_is_disposed_takes_everything_back_and_its_space_too()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").MaxBlocks(300).Create(medium);
        for (var round = 0; round < 10; round++)
        {
            using var transaction = container.BeginTransaction();
            container.Write("a", Enumerable.Range(0, 500_000).Select(i => (byte)(i % 251)).ToArray());
        }

        Assert.Equal([], container.List());
        container.Write("a", new byte[] { 1 });
        Assert.True(Verifier.Verify(medium).IsValid);
    }

    [Fact]
    public void Many_nodes_are_written_ahead_of_the_commit_and_the_result_is_valid()
    {
        using var medium = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("x").Create(medium))
        {
            using var transaction = container.BeginTransaction();
            var tail = new string('x', 900);
            for (var i = 0; i < 40_000; i++)
            {
                container.Write($"{i * 7919 % 40_000:D6}{tail}", "content"u8);
            }

            for (var i = 0; i < 40_000; i += 2)
            {
                container.Delete($"{i:D6}{tail}");
            }

            transaction.Commit();
            Assert.Equal(20_000UL, container.EntryCount);
        }

        var report = Verifier.Verify(medium);
        Assert.True(report.IsValid && report.Findings.Count == 0, string.Join('\n', report.Findings.Take(5)));
    }

    private static IEnumerable<string> Published(MemoryMedium medium)
    {
        using var reader = CartridgeFile.Open(new MemoryMedium(medium.ToArray(), readOnly: true));
        return [.. reader.List().Select(entry => entry.Path)];
    }
}
