using System.Buffers.Binary;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>
/// What somebody without the key can do to an encrypted container, with all hashes mended that need none. Each attack is refused under
/// the code that the specification names, by whoever opens it with the key; without the key nobody can tell, and most look sound.
/// </summary>
public sealed class AttacksTests
{
    private const int Large = 3 * 4096;

    private static readonly byte[] Original = Make();

    [Fact]
    public void The_container_is_sound_before_anybody_attacks() => Assert.Null(RefusalOf(Original));

    [Fact]
    public void Two_blobs_swapped() => Refused(ErrorCode.AuthFailed, container =>
    {
        foreach (var (a, b) in PagesOf(container, "a").Zip(PagesOf(container, "b")))
        {
            var kept = container.AsSpan(a * Format.PageSize, Format.PageSize).ToArray();
            container.AsSpan(b * Format.PageSize, Format.PageSize).CopyTo(container.AsSpan(a * Format.PageSize));
            kept.CopyTo(container, b * Format.PageSize);
        }
    });

    [Fact]
    public void An_old_blob_replayed_in_its_place() => Refused(ErrorCode.AuthFailed, container =>
    {
        var older = Make(upTo: 1);
        Value(older, "a").CopyTo(Value(container, "a"));
        foreach (var page in PagesOf(older, "a"))
        {
            older.AsSpan(page * Format.PageSize, Format.PageSize).CopyTo(container.AsSpan(page * Format.PageSize));
        }
    });

    [Fact]
    public void Pages_of_an_old_blob_replayed_under_the_new_reference() =>
        Refused(ErrorCode.ContentChecksumMismatch, container => container.AsSpan(PagesOf(container, "a")[0] * Format.PageSize, 100).Reverse(), mends: false);

    [Fact]
    public void A_file_shortened_by_editing_its_record() => Refused(ErrorCode.AuthFailed, container =>
        BinaryPrimitives.WriteInt64LittleEndian(Record(container, "hole").Span[CatalogRecordFieldLocations.Size..], 100));

    [Fact]
    public void An_entry_deleted() => Refused(ErrorCode.AuthFailed, container =>
    {
        var tree = container.AsSpan(NewestAt(container) + CommitFieldLocations.CatalogTree);
        var number = BinaryPrimitives.ReadUInt64LittleEndian(tree);
        var node = NodeAt(container, (int)number, PageType.CatalogNode);
        var others = Enumerable.Range(0, node.Keys.Length).Where(i => !node.Keys[i].AsSpan().SequenceEqual("hole"u8)).ToList();
        var leaf = TreeNode.Leaf([.. others.Select(i => node.Keys[i])], [.. others.Select(i => node.Values[i] with { Bytes = node.Values[i].Bytes.ToArray() })]);
        var page = container.AsSpan((int)number * Format.PageSize, Format.PageSize);
        var birth = BinaryPrimitives.ReadUInt64LittleEndian(page[PageHeaderFieldLocations.Birth..]);
        page.Clear();
        leaf.Write(page, PageType.CatalogNode, new ContainerId("attacked-for-all"u8), number, birth);
        tree[PageReference.Length]--;
    });

    [Fact]
    public void A_record_taken_from_another_container() => Refused(ErrorCode.AuthFailed, container =>
    {
        var other = Make(master: 99);
        var (from, to) = (NewestAt(other), NewestAt(container));
        other.AsSpan(from + CommitFieldLocations.CatalogTree, 128).CopyTo(container.AsSpan(to + CommitFieldLocations.CatalogTree));
        other.AsSpan(from + CommitFieldLocations.Hmac, CommitFieldLengths.Hmac).CopyTo(container.AsSpan(to + CommitFieldLocations.Hmac));
        other.AsSpan(Format.FixedBlocks * Format.PageSize).CopyTo(container.AsSpan(Format.FixedBlocks * Format.PageSize));
    });

    [Fact]
    public void Page_0_rewritten_with_another_slug() => Refused(ErrorCode.AuthFailed, container => container[IdentityFieldLocations.Slug] = (byte)'b');

    [Fact]
    public void Page_0_rewritten_as_if_nothing_were_encrypted() => Refused(ErrorCode.Downgraded, container =>
    {
        container[IdentityFieldLocations.Encrypted] = 0;
        foreach (var record in new[] { Format.PageSize, 2 * Format.PageSize })
        {
            container.AsSpan(record + CommitFieldLocations.KeySlots, CommitFieldLengths.KeySlots + CommitFieldLengths.Hmac).Clear();
        }
    });

    [Fact]
    public void The_HMAC_stripped() => Refused(ErrorCode.Downgraded, container =>
        container.AsSpan(NewestAt(container) + CommitFieldLocations.Hmac, CommitFieldLengths.Hmac).Clear());

    [Fact]
    public void A_key_slot_removed() => Refused(ErrorCode.WrongKey, container => Slot(container, 0).Clear());

    [Fact]
    public void Another_key_slot_removed() => Refused(ErrorCode.AuthFailed, container => Slot(container, 1).Clear());

    [Fact]
    public void The_only_key_slots_removed() => Refused(ErrorCode.BadParameters, container =>
    {
        Slot(container, 0).Clear();
        Slot(container, 1).Clear();
    });

    [Fact]
    public void A_slot_that_costs_hours() => Refused(ErrorCode.BadParameters, container =>
    {
        Slot(container, 1)[0] = (byte)KeySlotKind.Passphrase;
        BinaryPrimitives.WriteUInt32LittleEndian(Slot(container, 1)[KeySlotFieldLocations.Rounds..], uint.MaxValue);
    });

    /// <summary>Any bit of what the newest state reaches: a reader with the key returns nothing that was not there.</summary>
    [Fact]
    public void Any_bit_flipped()
    {
        var before = Contents(Original);
        var random = new Random(4711);
        var pages = Verifier.Verify(new MemoryMedium(Original), new VerifyOptions { CollectOwners = true }).PageOwners()
            .Where(page => page.Owner != "free").Select(page => (int)page.Page).ToList();
        for (var i = 0; i < 400; i++)
        {
            var container = (byte[])Original.Clone();
            var at = (pages[random.Next(pages.Count)] * Format.PageSize) + random.Next(Format.PageSize);
            container[at] ^= (byte)(1 << random.Next(8));
            Mender.Mend(container);
            if (container.AsSpan().SequenceEqual(Original) || StateOf(container) != StateOf(Original))
            {
                continue; // A hash, mended; or the newest record does not verify any more, and the older one is the state.
            }

            // What the newest state does not reach may change; what it reaches may not.
            Assert.True(RefusalOf(container) is not null || Contents(container).SequenceEqual(before), $"offset {at}");
        }
    }

    [Fact]
    public void Two_copies_that_are_written_on_never_share_a_nonce()
    {
        using var key = Specimens.Key();
        var nonces = new HashSet<string>();
        var count = 0;
        foreach (var _ in new[] { 1, 2, 3 })
        {
            var medium = new MemoryMedium((byte[])Original.Clone());
            using var container = CartridgeFile.Open(medium, new OpenOptions { Key = key });
            for (var i = 0; i < 50; i++)
            {
                container.Write("a", Specimens.Bytes(7, Large));
                container.Write("inline", "the same"u8);
                nonces.Add(Convert.ToHexString(Value(medium.ToArray(), "a").Span[^XaesGcm.SealLength..^XaesGcm.TagLength]));
                nonces.Add(Convert.ToHexString(RecordOf(medium.ToArray(), "inline").InlineSeal!.AsSpan(0, XaesGcm.NonceLength)));
                count += 2;
            }
        }

        Assert.Equal(count, nonces.Count);
    }

    private static void Refused(ErrorCode code, Action<byte[]> attack, bool mends = true)
    {
        var container = (byte[])Original.Clone();
        attack(container);
        if (mends)
        {
            Mender.Mend(container);
        }

        Assert.NotEqual(Original, container);
        Assert.Equal(code, RefusalOf(container)?.Code);
        using var key = Specimens.Key();
        Assert.Contains(
            Verifier.Verify(new MemoryMedium(container, readOnly: true), new VerifyOptions { Key = key }).Findings,
            finding => finding.Severity == Severity.Error && finding.Code == code);
    }

    private static CartridgeException? RefusalOf(byte[] container)
    {
        using var key = Specimens.Key();
        return HostileCases.ReadEverything(container, key);
    }

    private static List<string> Contents(byte[] container)
    {
        using var key = Specimens.Key();
        using var file = CartridgeFile.Open(new MemoryMedium(container, readOnly: true), new OpenOptions { Key = key });
        return [.. file.List().Select(entry => $"{entry} {Convert.ToHexString(file.Read(entry.Path))}")];
    }

    private static byte[] Make(int upTo = int.MaxValue, int master = 1)
    {
        var medium = new MemoryMedium();
        var random = new Random(master);
        using var key = Specimens.Key();
        using var other = CartridgeKey.FromBytes(Specimens.Bytes(5, CartridgeKey.Length));
        using (var container = new CartridgeBuilder().Slug("attacked").Id(new ContainerId("attacked-for-all"u8)).Clock(() => 1).InitialBlocks(60).GrowthThreshold(0)
            .Random(random.NextBytes).Encrypt(key).Create(medium))
        {
            container.AddKey(other);
            Action[] steps =
            [
                () => container.Write("a", Specimens.Bytes(1, Large)),
                () => container.Write("b", Specimens.Bytes(2, Large)),
                () => container.Write("inline", "inline content"u8),
                () => { container.Write("hole", []); container.SetLength("hole", 50_000); },
                () => container.Write("a", Specimens.Bytes(3, Large)),
            ];
            foreach (var step in steps.Take(upTo))
            {
                step();
            }
        }

        return medium.ToArray();
    }

    private static int NewestAt(byte[] container)
    {
        var (one, two) = (GenerationAt(container, 1), GenerationAt(container, 2));
        return (one > two ? 1 : 2) * Format.PageSize;
    }

    private static ulong GenerationAt(byte[] container, int page) => CommitRecord.GenerationOf(container.AsSpan(page * Format.PageSize, Format.PageSize));

    private static ulong StateOf(byte[] container)
    {
        var identity = Identity.Read(new MemoryMedium(container), SilentChecker.Lenient)!;
        var state = StateSelection.Choose(new MemoryMedium(container), identity, SilentChecker.Strict);
        return state is null ? 0 : CommitRecord.GenerationOf(state.Newest);
    }

    private static Span<byte> Slot(byte[] container, int number) =>
        KeySlot.In(container.AsSpan(NewestAt(container) + CommitFieldLocations.KeySlots, KeySlot.AreaLength), number);

    private static CatalogRecord RecordOf(byte[] container, string path) =>
        CatalogRecord.Read(Record(container, path).Span, ulong.MaxValue, default, SilentChecker.Lenient, isEncrypted: true)!;

    private static Memory<byte> Record(byte[] container, string path) =>
        Leaf(container, CommitFieldLocations.CatalogTree, PageType.CatalogNode, System.Text.Encoding.UTF8.GetBytes(path));

    private static Memory<byte> Value(byte[] container, string path) =>
        Leaf(container, CommitFieldLocations.ContentTree, PageType.ContentNode, new ChunkKey(RecordOf(container, path).FileId, 0).Write());

    private static int[] PagesOf(byte[] container, string path)
    {
        var bounds = new Bounds((ulong)Format.MaxBlocks, ContentChecksum.Sha256);
        var blob = BlobReference.Read(Value(container, path).Span, new BlobPlace(bounds, int.MaxValue, ulong.MaxValue, default, true, true), default, SilentChecker.Lenient)!;
        return [.. blob.Runs.SelectMany(run => run.AllPages).Select(page => (int)page)];
    }

    /// <summary>A value of a tree that is one leaf, where it stands.</summary>
    private static Memory<byte> Leaf(byte[] container, int tree, PageType type, byte[] key)
    {
        var page = (int)BinaryPrimitives.ReadUInt64LittleEndian(container.AsSpan(NewestAt(container) + tree));
        var node = NodeAt(container, page, type);
        var value = node.Values[Array.FindIndex(node.Keys, candidate => candidate.AsSpan().SequenceEqual(key))];
        return System.Runtime.InteropServices.MemoryMarshal.AsMemory(value.Bytes);
    }

    private static TreeNode NodeAt(byte[] container, int page, PageType type) => TreeNode.Read(
        container.AsMemory(page * Format.PageSize, Format.PageSize),
        new NodePlace(new PageReference((ulong)page, 0, default), type, 0, new Bounds((ulong)Format.MaxBlocks, default), default),
        SilentChecker.Lenient)!;
}
