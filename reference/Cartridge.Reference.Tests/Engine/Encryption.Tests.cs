namespace Cartridge.Reference.Tests;

/// <summary>Encrypted containers through the public face: with the key, with another, and without.</summary>
public sealed class EncryptionTests
{
    private static readonly byte[] Small = "a secret that stands inline"u8.ToArray();
    private static readonly byte[] Large = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 % 251))];

    [Theory]
    [InlineData(ContentChecksum.Sha256)]
    [InlineData(ContentChecksum.Crc32C)]
    public void Content_comes_back_with_the_key_and_nothing_of_it_stands_in_the_file(ContentChecksum checksum)
    {
        using var key = CartridgeKey.Generate();
        var medium = Make(key, checksum);
        var bytes = medium.ToArray();
        Assert.True(bytes.AsSpan().IndexOf(Small.AsSpan(0, 8)) < 0 && bytes.AsSpan().IndexOf(Large.AsSpan(0, 16)) < 0 && bytes.AsSpan().IndexOf("target"u8) < 0);

        using var container = CartridgeFile.Open(new MemoryMedium(bytes), new OpenOptions { Key = key });
        Assert.True(container.IsEncrypted);
        Assert.Equal(Small, container.Read("small"));
        Assert.Equal(Large, container.Read("large"));
        Assert.Equal("target", container.ReadLink("link"));
        Assert.Empty(container.Read("empty"));
        Assert.Null(container.GetEntry("large").ContentHash);
    }

    [Fact]
    public void Every_way_of_changing_content_works_in_an_encrypted_container()
    {
        using var key = CartridgeKey.Generate();
        using var container = Open(Make(key), key);
        container.WriteAt("small", 2, "XY"u8);
        container.Append("small", "!"u8);
        container.SetLength("small", 6);
        Assert.Equal("a XYcr"u8.ToArray(), container.Read("small"));
        container.SetLength("small", 1_000);
        container.WriteAt("large", 70_000, new byte[3]);
        container.SetLength("large", 70_010);
        container.Copy("small", "copy/small");
        container.Copy("large", "copy/large");
        container.Write("tiny", "t"u8);
        container.Copy("tiny", "copy/tiny");
        container.Move("tiny", "moved");
        Assert.Equal("t"u8.ToArray(), container.Read("copy/tiny"));
        Assert.Equal("t"u8.ToArray(), container.Read("moved"));
        byte[] expected = [.. Large[..70_000], 0, 0, 0, .. Large[70_003..70_010]];
        Assert.Equal(expected, container.Read("copy/large"));
        Assert.Equal([.. "a XYcr"u8, .. new byte[994]], container.Read("copy/small"));
        using var reader = container.OpenReader();
        Assert.Equal("t"u8.ToArray(), reader.OpenContent("moved").GetChunk(0).ToArray());
        Assert.Equal(expected[65_536..], reader.OpenContent("copy/large").GetChunk(1).ToArray());
    }

    [Fact]
    public void Many_files_at_once_are_encrypted()
    {
        using var key = CartridgeKey.Generate();
        using var container = Open(Make(key), key);
        container.WriteAll(Enumerable.Range(0, 20).Select(i => BulkStep.File($"bulk/{i}", new MemoryStream(Large[..(i * 9_000)]), new EntryMetadata { RecordContentHash = true })));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Large[..(i * 9_000)], container.Read($"bulk/{i}"));
            Assert.Null(container.GetEntry($"bulk/{i}").ContentHash);
        }
    }

    [Fact]
    public void Without_the_key_names_and_sizes_are_visible_and_nothing_else()
    {
        using var key = CartridgeKey.Generate();
        using var container = CartridgeFile.Open(Make(key), new OpenOptions { ReadOnly = true });
        Assert.Equal(["empty", "large", "link", "small"], container.List().Select(entry => entry.Path));
        Assert.Equal(Large.Length, container.GetEntry("large").Size);
        foreach (var path in new[] { "small", "large" })
        {
            Assert.Equal(ErrorCode.MissingKey, Assert.Throws<CartridgeException>(() => container.Read(path)).Code);
        }

        Assert.Equal(ErrorCode.MissingKey, Assert.Throws<CartridgeException>(() => container.ReadLink("link")).Code);
        Assert.Empty(container.Read("empty"));
        Assert.Equal(4UL, container.EntryCount);
    }

    [Fact]
    public void Without_the_key_nothing_is_written()
    {
        using var key = CartridgeKey.Generate();
        var medium = Make(key);
        var before = medium.ToArray();
        Assert.Equal(ErrorCode.MissingKey, Assert.Throws<CartridgeException>(() => CartridgeFile.Open(medium)).Code);
        Assert.Equal(before, medium.ToArray());
    }

    [Fact]
    public void A_wrong_key_is_refused_and_writes_nothing()
    {
        using var key = CartridgeKey.Generate();
        using var other = CartridgeKey.Generate();
        var medium = Make(key);
        var before = medium.ToArray();
        Assert.Equal(ErrorCode.WrongKey, Assert.Throws<CartridgeException>(() => Open(medium, other)).Code);
        Assert.Equal(before, medium.ToArray());
        Open(medium, key).Dispose();
    }

    [Fact]
    public void Whoever_gives_a_key_gets_no_plain_container()
    {
        using var key = CartridgeKey.Generate();
        var medium = new MemoryMedium();
        using (new CartridgeBuilder().Slug("plain").Create(medium))
        {
        }

        Assert.Equal(ErrorCode.Downgraded, Assert.Throws<CartridgeException>(() => Open(medium, key)).Code);
    }

    [Fact]
    public void A_passphrase_opens_what_it_closed()
    {
        using var key = CartridgeKey.FromPassphrase("correct horse battery staple");
        var medium = Make(key);
        using var container = Open(medium, key);
        Assert.Equal(Small, container.Read("small"));
        Assert.Equal([new KeySlotInfo(0, KeySlotKind.Passphrase, KeySlot.MinRounds)], container.GetKeySlots());
    }

    private static MemoryMedium Make(CartridgeKey key, ContentChecksum checksum = ContentChecksum.Sha256)
    {
        var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("secret").Checksum(checksum).Encrypt(key).Create(medium);
        container.Write("small", Small);
        container.Write("large", Large, new EntryMetadata { RecordContentHash = true });
        container.Write("empty", []);
        container.CreateSymbolicLink("link", "target");
        return medium;
    }

    private static CartridgeFile Open(IMedium medium, CartridgeKey key) => CartridgeFile.Open(medium, new OpenOptions { Key = key });
}
