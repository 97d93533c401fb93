using System.Security.Cryptography;
using System.Text;
using Cartridge.Formats.Walk;
using Cartridge.Reference.Tests.Handmade;

namespace Cartridge.Reference.Tests;

public class CartridgeWalkerWalkTests
{
    private static readonly byte[] BigContent =
        [.. HandmadeContainer.Chunk0, .. new byte[8192], .. HandmadeContainer.Chunk2Bytes, .. new byte[20000 - 16384 - 3000]];

    [Fact]
    public void The_projection_is_this_text()
    {
        byte[] container = new HandmadeContainer().Build();

        string expected = $$"""
            {
              "format": 3,
              "slug": "hand-made",
              "title": "Hand mäde",
              "containerId": "000102030405060708090a0b0c0d0e0f",
              "created": 5,
              "contentChecksum": "sha-256",
              "generation": 2,
              "stateHash": "{{Hex(container.AsSpan(4096 + 1, 32))}}",
              "entries": [
                {
                  "path": "big.bin",
                  "type": "file",
                  "size": 20000,
                  "sha256": "{{Sha256(BigContent)}}",
                  "mode": "0644",
                  "uid": 1000,
                  "gid": 100,
                  "owner": "",
                  "created": 1000000000,
                  "modified": -1
                },
                {
                  "path": "dir",
                  "type": "directory",
                  "size": 0,
                  "mode": "0755",
                  "uid": 1000,
                  "gid": 100,
                  "owner": "",
                  "created": 1000000000,
                  "modified": -1,
                  "extendedAttributes": {
                    "user.tag": "00ff"
                  }
                },
                {
                  "path": "docs/hello.txt",
                  "type": "file",
                  "size": 10,
                  "sha256": "{{Sha256(HandmadeContainer.Hello)}}",
                  "mode": "0644",
                  "uid": 1000,
                  "gid": 100,
                  "owner": "anné",
                  "created": 1000000000,
                  "modified": -1,
                  "contentHash": "{{Sha256(HandmadeContainer.Hello)}}",
                  "contentType": "text/plain",
                  "userMetadata": {
                    "a": "1",
                    "b\"\\": "\u0001\t"
                  }
                },
                {
                  "path": "empty",
                  "type": "file",
                  "size": 0,
                  "sha256": "{{Sha256([])}}",
                  "mode": "0644",
                  "uid": 1000,
                  "gid": 100,
                  "owner": "",
                  "created": 1000000000,
                  "modified": -1
                },
                {
                  "path": "link",
                  "type": "symlink",
                  "size": 14,
                  "sha256": "{{Sha256("docs/hello.txt"u8)}}",
                  "target": "docs/hello.txt",
                  "mode": "0644",
                  "uid": 1000,
                  "gid": 100,
                  "owner": "",
                  "created": 1000000000,
                  "modified": -1
                },
                {
                  "path": "sparse",
                  "type": "file",
                  "size": 10000,
                  "sha256": "{{Sha256(new byte[10000])}}",
                  "mode": "0644",
                  "uid": 1000,
                  "gid": 100,
                  "owner": "",
                  "created": 1000000000,
                  "modified": -1
                },
                {
                  "path": "zlong",
                  "type": "file",
                  "size": 0,
                  "sha256": "{{Sha256([])}}",
                  "mode": "0644",
                  "uid": 1000,
                  "gid": 100,
                  "owner": "",
                  "created": 1000000000,
                  "modified": -1,
                  "extendedAttributes": {
                    "user.note": "{{Hex(HandmadeContainer.LongAttribute)}}"
                  }
                }
              ]
            }

            """;
        Assert.Equal(expected, CartridgeWalker.Walk(container).Projection.ToJson());
    }

    [Theory]
    [InlineData(0, "free")]
    [InlineData(1, "free")]
    [InlineData(2, "map")]
    public void The_layout_names_the_owner_of_each_page(int mapKind, string lastOwner)
    {
        byte[] container = new HandmadeContainer { MapKind = mapKind }.Build();
        using MemoryStream stream = new(container);
        PageItem[] pages = [.. CartridgeWalker.Walk(container).Layout!.Pages(stream)];

        string[] expected =
        [
            "identity", "commit", "commit", "catalog/0", "catalog/0", "catalog/1", "content/0",
            "chunk:big.bin#0", "chunk:big.bin#2", "chunk:big.bin#0", "value:zlong", "free", "free", lastOwner,
        ];
        Assert.Equal(expected, pages.Select(page => page.Owner));
        for (int number = 0; number < pages.Length; number++)
        {
            Assert.Equal((ulong)number, pages[number].Page);
            string? hash = pages[number].Owner == "free" ? null : Sha256(container.AsSpan(number * 4096, 4096));
            Assert.Equal(hash, pages[number].Sha256);
        }
    }

    [Fact]
    public void The_layout_is_this_text()
    {
        byte[] container = Empty();
        using MemoryStream stream = new(container);
        using StringWriter text = new();
        CartridgeWalker.Walk(container).Layout!.WriteJson(stream, text);

        string expected = $$"""
            [
              {
                "page": 0,
                "owner": "identity",
                "sha256": "{{Sha256(container.AsSpan(0, 4096))}}"
              },
              {
                "page": 1,
                "owner": "commit",
                "sha256": "{{Sha256(container.AsSpan(4096, 4096))}}"
              },
              {
                "page": 2,
                "owner": "commit",
                "sha256": "{{Sha256(container.AsSpan(8192, 4096))}}"
              },
              {
                "page": 3,
                "owner": "free"
              }
            ]

            """;
        Assert.Equal(expected, text.ToString());
    }

    [Fact]
    public void An_empty_container_has_no_entries() =>
        Assert.EndsWith("  \"entries\": []\n}\n", CartridgeWalker.Walk(Empty()).Projection.ToJson(), StringComparison.Ordinal);

    [Fact]
    public void A_container_with_crc_is_read_the_same()
    {
        Projection projection = CartridgeWalker.Walk(new HandmadeContainer { Crc = true }.Build()).Projection;

        Assert.Equal("crc-32c", projection.ContentChecksum);
        Assert.Equal(Sha256(BigContent), projection.Entries[0].Sha256);
    }

    [Theory]
    [InlineData(HandmadeContainer.NewestRecord, 1ul)]
    [InlineData(HandmadeContainer.OlderRecord, 2ul)]
    public void A_torn_record_leaves_the_state_of_the_other_one(int torn, ulong generation)
    {
        byte[] container = new HandmadeContainer().Damage(torn, page => page.AsSpan(512).Fill(0xFF)).Build();

        Assert.Equal(generation, CartridgeWalker.Walk(container).Projection.Generation);
    }

    [Fact]
    public void Damage_in_the_older_state_takes_nothing_from_the_newest()
    {
        byte[] container = new HandmadeContainer().Damage(HandmadeContainer.OlderLeaf, page => page[100]++).Build();

        Assert.Equal(2ul, CartridgeWalker.Walk(container).Projection.Generation);
    }

    [Fact]
    public void Limits_may_be_reached()
    {
        string longest = new('d', 1152);
        byte[] attribute = RecordBytes.Attribute(3, "x", new byte[1922]);
        byte[] largest = RecordBytes.Record(RecordBytes.FileType, 2, 18, 512, "", null, new byte[512]);
        byte[] cell = RecordBytes.Record(RecordBytes.FileType, 2, 16, 0, "", null, null, attribute);

        byte[] path = new HandmadeContainer { HelloPath = Encoding.ASCII.GetBytes($"do/{longest[3..]}"), HelloRecord = largest }.Build();
        Assert.Equal(1152, CartridgeWalker.Walk(path).Projection.Entries[2].Path.Length);

        // 5 bytes, 14 of the path and 1981 of the record are 2000.
        Assert.Equal(1981, cell.Length);
        Assert.NotNull(CartridgeWalker.Walk(new HandmadeContainer { HelloRecord = cell }.Build()));
    }

    [Fact]
    public void A_file_may_be_longer_than_its_container() =>
        Assert.Equal(14ul, CartridgeWalker.Walk([.. new HandmadeContainer().Build(), .. new byte[5000]]).Layout!.TotalBlocks);

    [Fact]
    public void A_file_on_disk_is_walked_as_bytes_are()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new HandmadeContainer().Build());
            Assert.Equal(7, CartridgeWalker.WalkFile(path).Projection.Entries.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_walk_may_end_before_the_entries_or_before_the_space()
    {
        byte[] container = new HandmadeContainer { Extents = [] }.Build();

        WalkResult open = CartridgeWalker.Walk(container, new WalkOptions { Until = WalkPhase.Open });
        WalkResult access = CartridgeWalker.Walk(container, new WalkOptions { Until = WalkPhase.Access });
        Assert.Empty(open.Projection.Entries);
        Assert.Equal("Hand mäde", open.Projection.Title);
        Assert.Equal(7, access.Projection.Entries.Count);
        Assert.Null(access.Layout);
        Assert.Equal(WalkPhase.Verify, Assert.Throws<WalkException>(() => CartridgeWalker.Walk(container)).Phase);
    }

    [Fact]
    public void Holes_are_hashed_up_to_a_limit()
    {
        byte[] container = new HandmadeContainer { SparseRecord = RecordBytes.Record(1, 5, 18, long.MaxValue) }.Build();

        WalkException refused = Assert.Throws<WalkException>(() => CartridgeWalker.Walk(container));
        Assert.Equal("limit.exceeded", refused.Code);
        Assert.Null(refused.Requirement);

        // The holes of big.bin have 8192 and 616 bytes.
        byte[] small = new HandmadeContainer().Build();
        Assert.NotNull(CartridgeWalker.Walk(small, new WalkOptions { MaxHoleBytes = 18808 }));
        Assert.Throws<WalkException>(() => CartridgeWalker.Walk(small, new WalkOptions { MaxHoleBytes = 18807 }));
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_an_argument_error()
    {
        using Stream pipe = new System.IO.Compression.GZipStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Throws<ArgumentException>(() => CartridgeWalker.Walk(pipe));
    }

    /// <summary>A container of 4 pages, one of them free, in whose states nothing is.</summary>
    private static byte[] Empty() =>
        new HandmadeContainer { Extents = [(3, 1, 0)] }
            .Edit(HandmadeContainer.OlderRecord, EmptyState)
            .Edit(HandmadeContainer.NewestRecord, EmptyState)
            .Build()[..(4 * 4096)];

    private static void EmptyState(byte[] record)
    {
        record.U64(152, 4);
        record.U64(160, 1);
        record.AsSpan(208, 128).Clear();
    }

    private static string Sha256(ReadOnlySpan<byte> bytes) => Hex(SHA256.HashData(bytes));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
