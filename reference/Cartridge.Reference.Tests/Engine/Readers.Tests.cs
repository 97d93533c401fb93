namespace Cartridge.Reference.Tests;

public sealed class ReadersTests
{
    [Fact]
    public void A_reader_keeps_its_state_through_any_number_of_commits()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        var first = Bytes(1);
        container.Write("file", first);
        using var reader = container.OpenReader();
        var hash = reader.StateHash();
        for (var i = 2; i < 60; i++)
        {
            container.Write("file", Bytes(i));
            container.Write($"other-{i}", Bytes(i));
        }

        container.Delete("file");
        Assert.Equal(first, reader.Read("file"));
        Assert.Equal(["file"], reader.List().Select(entry => entry.Path));
        Assert.Equal(hash, reader.StateHash());
        Assert.False(container.Exists("file"));
    }

    [Fact]
    public void Space_of_a_state_is_reused_only_after_its_last_reader_is_gone()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").MaxBlocks(200).Create(medium);
        container.Write("file", Bytes(1));
        var reader = container.OpenReader();
        var full = Assert.Throws<CartridgeException>(() => Overwrite(container, 20));
        Assert.Equal(ErrorCode.LimitExceeded, full.Code);
        Assert.Equal(Bytes(1), reader.Read("file"));
        reader.Dispose();
        Overwrite(container, 20);
        Assert.Throws<ObjectDisposedException>(() => reader.Read("file"));
    }

    [Fact]
    public void A_reader_of_another_handle_is_respected_too()
    {
        var folder = Directory.CreateTempSubdirectory("cartridge-readers-");
        try
        {
            var path = Path.Combine(folder.FullName, "x.cart");
            using var writer = new CartridgeBuilder().Slug("x").Create(path);
            writer.Write("file", Bytes(1));
            using var reader = CartridgeFile.OpenReadOnly(path, new OpenOptions { CacheBytes = 0 });
            Overwrite(writer, 20);
            Assert.Equal(Bytes(1), reader.Read("file"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_chunk_comes_without_a_copy_and_holes_come_empty()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.WriteAt("file", 3 * 65536, Bytes(7).AsSpan(0, 100));
        using var reader = container.OpenReader();
        var content = reader.OpenContent("file");
        Assert.Equal((4L, 65536), (content.ChunkCount, content.ChunkSize));
        Assert.True(content.GetChunk(0).IsEmpty);
        Assert.Equal(Bytes(7)[..100], content.GetChunk(3).ToArray());
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content.GetChunk(3), out var one));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content.GetChunk(3), out var two));
        Assert.Same(one.Array, two.Array);
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => content.GetChunk(4)).Code);
    }

    private static void Overwrite(CartridgeFile container, int times)
    {
        for (var i = 0; i < times; i++)
        {
            container.Write("file", Bytes(i));
        }
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[150_000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
