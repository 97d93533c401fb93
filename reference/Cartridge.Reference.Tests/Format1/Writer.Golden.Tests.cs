using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>
/// Our writer, held against version 0.2.7 byte by byte: the recorded steps of each of its golden containers, done again. Times and
/// nonces are given to the writer; the one thing that is made alike before the comparison is the order of user metadata, which
/// differs from run to run of the old program.
/// </summary>
public class WriterGoldenTests
{
    private const int Page = 4096;
    private const string Folder = "0.2.7-bincode/";

    /// <summary>All golden containers of version 0.2.7 with steps.</summary>
    public static TheoryData<string> Recorded { get; } = [.. Golden.ListedNames(Folder)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_recorded_steps_give_the_golden_bytes(string name)
    {
        JsonObject expected = Golden.Expected(name);
        AssertSame(Golden.Bytes(name), Replayed(name, expected["steps"]!.AsArray(), expected["note"]!.GetValue<string>()));
    }

    /// <summary>A copy of the container that was made when its snapshot was.</summary>
    [Fact]
    public void The_steps_before_a_snapshot_give_the_copy_that_was_made_then()
    {
        const string Later = Folder + "snapshot-case/snap.cart";
        const string Copy = Folder + "snapshot-case/snap-at-v1.cart";
        JsonArray steps = [.. Golden.Expected(Later)["steps"]!.AsArray().TakeWhile(step => step![0]!.GetValue<string>() != "snapshot").Select(step => step!.DeepClone())];
        AssertSame(Golden.Bytes(Copy), Replayed(Copy, steps, ""));
    }

    /// <summary>
    /// A flush writes header, page 1 with its overflow pages, page 2 with its own, header, and then contents: so it shows in what is
    /// left of containers whose writer was killed at the third of these writes. One could not be opened any more. The other could, and
    /// its free blocks were counted anew by that.
    /// </summary>
    [Fact]
    public void A_flush_that_is_killed_leaves_the_golden_bytes()
    {
        const string Many = Folder + "broken/many-pre40-killed-at-write-3.cart";
        AssertSame(Golden.Bytes(Many), Killed(Many, replay => replay.Many("pre/", 40, 5000), ForgetToCount, replay => replay.Many("z/", 200, 10)));

        const string Overwritten = Folder + "broken/overwrite-pre5-killed-at-write-3.cart";
        byte[] left = Killed(Overwritten, replay => replay.Many("pre/", 5, 5000), _ => { }, replay => replay.Write("pre/00000", Golden.Generated(777, 20000)));
        BinaryPrimitives.WriteUInt64LittleEndian(left.AsSpan(OneHeaderFieldLocations.FreeBlocks), 10);
        AssertSame(Golden.Bytes(Overwritten), left);
    }

    /// <summary>Pages of the golden container that were changed are told from those that are as they were.</summary>
    [Fact]
    public void The_comparison_sees_a_bit()
    {
        byte[] golden = Golden.Bytes(Folder + "meta.cart");
        foreach (int at in (int[])[16, Page + 300, (2 * Page) + 8, (4 * Page) + 5])
        {
            byte[] changed = [.. golden];
            changed[at] ^= 1;
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(golden, changed));
        }
    }

    private static byte[] Replayed(string name, JsonArray steps, string note)
    {
        using MemoryMedium medium = new();
        using Replay replay = new(Golden.Bytes(name), note, medium);
        foreach (JsonNode? step in steps)
        {
            replay.Do(step!.AsArray());
        }

        return medium.ToArray();
    }

    private static byte[] Killed(string name, Action<Replay> whole, Action<IMedium> between, Action<Replay> killed)
    {
        const int Survived = 2;
        using MemoryMedium inner = new();
        MortalMedium medium = new(inner);
        using Replay replay = new(Golden.Bytes(name), "", medium);
        replay.Do(["create", "kpb", "x"]);
        whole(replay);
        replay.Flush();
        between(medium);
        medium.Remaining = 0;
        killed(replay);
        medium.Remaining = Survived;
        replay.Flush();
        return inner.ToArray();
    }

    /// <summary>
    /// The old program counts the free blocks of its extents when it opens a container and when that grows, and not when it gives blocks to
    /// short contents (CART-ONE-044). All other golden containers were opened once more, by what listed their entries.
    /// </summary>
    private static void ForgetToCount(IMedium medium)
    {
        const int TakenWhenOpened = 4;
        const int WordsAt = (2 * Page) + 7;
        const int OneExtent = sizeof(ulong) + (3 * sizeof(ulong));
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        medium.Read(WordsAt, number);
        long total = WordsAt + sizeof(ulong) + ((long)BinaryPrimitives.ReadUInt64LittleEndian(number) * sizeof(ulong)) + (2 * sizeof(ulong)) + OneExtent;
        medium.Read(total, number);
        BinaryPrimitives.WriteUInt64LittleEndian(number, BinaryPrimitives.ReadUInt64LittleEndian(number) - TakenWhenOpened);
        medium.Write(total + sizeof(ulong), number);
    }

    private static void AssertSame(byte[] expected, byte[] actual)
    {
        SortUserMetadata(expected);
        SortUserMetadata(actual);
        Assert.Equal(expected.Length, actual.Length);
        for (int page = 0; page < expected.Length / Page; page++)
        {
            int differs = expected.AsSpan(page * Page, Page).CommonPrefixLength(actual.AsSpan(page * Page, Page));
            Assert.True(differs == Page, $"page {page} differs from byte {differs} on");
        }
    }

    /// <summary>Puts the pairs of each entry's user metadata in order, where they stand, and touches nothing else.</summary>
    private static void SortUserMetadata(byte[] container)
    {
        using Format1File file = Format1File.Open(new MemoryMedium([.. container], readOnly: true), new() { Salvage = true });
        foreach (Format1Entry entry in file.Entries.Where(entry => entry.UserMetadata.Count > 1))
        {
            byte[][] pairs = [.. entry.UserMetadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (byte[])[.. Encoded(pair.Key), .. Encoded(pair.Value)])];
            byte[] sorted = [.. pairs.SelectMany(pair => pair)];
            Span<byte> page = container.AsSpan(Page, Page);
            int at = page.IndexOf(Encoding.UTF8.GetBytes(entry.Path));
            int[] places = [.. Orders(pairs).Select(order => container.AsSpan(Page + at, Page - at).IndexOf(order)).Where(place => place >= 0)];
            sorted.CopyTo(page[(at + Assert.Single(places))..]);
        }
    }

    private static IEnumerable<byte[]> Orders(byte[][] pairs) => pairs.Length <= 1
        ? [[.. pairs.SelectMany(pair => pair)]]
        : pairs.SelectMany((pair, i) => Orders([.. pairs[..i], .. pairs[(i + 1)..]]).Select(rest => (byte[])[.. pair, .. rest]));

    private static byte[] Encoded(string text)
    {
        byte[] bytes = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(bytes.Length - sizeof(ulong)));
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(sizeof(ulong)));
        return bytes;
    }
}
