using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>A container to begin with: its bytes, and what they mean.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Image">The file.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Cap">The most blocks it may have; 0 = no cap.</param>
internal sealed record Start(string Name, byte[] Image, ModelContainer Content, long Cap)
{
    private const long TightCap = 18;
    private const long FragmentedCap = 320;

    /// <summary>Nothing but the first two records.</summary>
    public static Start Empty { get; } = Make("empty", 0);

    /// <summary>One of everything, with a little history behind it, so that the free map has several extents and stamps.</summary>
    public static Start Small { get; } = Make(
        "small",
        0,
        new WriteFile("kept", new(11, 6000)),
        new WriteFile("tiny", new(12, 90), new() { RecordContentHash = true }),
        new WriteFile("folder/chunks", new(13, 9000), new() { ChunkShift = 12 }),
        new MakeLink("folder/link", "../kept"),
        new WriteFile("gone", new(14, 5000)),
        new ChangeMetadata("tiny", new() { Owner = "somebody", UserMetadata = new Dictionary<string, string> { ["colour"] = "red" } }),
        new Delete("gone"));

    /// <summary>Few blocks and no more to come, most of them in use: some operations find it full.</summary>
    public static Start Tight { get; } = Make(
        "tight",
        TightCap,
        new WriteFile("kept", new(21, 9000)),
        new WriteFile("other", new(22, 4000)));

    /// <summary>As <see cref="Small"/>, but its last writer's power failed while it wrote a record.</summary>
    public static Start Torn { get; } = Tear(Small);

    /// <summary>As <see cref="Small"/>, and encrypted.</summary>
    public static Start Encrypted { get; } = Make(
        "encrypted",
        0,
        new WriteFile("kept", new(11, 6000)),
        new WriteFile("tiny", new(12, 90), new() { RecordContentHash = true }),
        new WriteFile("folder/chunks", new(13, 9000), new() { ChunkShift = 12 }),
        new MakeLink("folder/link", "../kept"));

    /// <summary>Everything at once: encrypted, in both codecs and in none, with holes, links, attributes, many chunks, and a long value.</summary>
    public static Start Everything { get; } = Make(
        "everything",
        0,
        new SetDefaultCodec(CodecChoice.Lz4()),
        new WriteFile("gap", new(15, 9000), new() { Codec = CodecChoice.None }),
        new WriteFile("kept", new(12, 40_000), new() { ExtendedAttributes = new Dictionary<string, byte[]> { ["user.mark"] = [1, 2, 3] } }),
        new Delete("gap"),
        new WriteFile("tiny", new(12, 90), new() { UserMetadata = new Dictionary<string, string> { ["\u03b5\u1f55\u03c1\u03b7\u03ba\u03b1"] = new('n', 3000) } }),
        new WriteFile("Gr\u00fc\u00dfe/\u4e16\u754c", new(18, 20_000), new() { Codec = CodecChoice.Zstandard() }),
        new WriteFile("folder/chunks", new(13, 90_000), new() { ChunkShift = 12, Codec = CodecChoice.None }),
        new PunchHole("folder/chunks", 9000, 60_000),
        new MakeLink("folder/link", "../kept"),
        new SetLength("kept", 60_000));

    /// <summary>More holes than a record can list, so that the free map needs a blob or goes without.</summary>
    public static Start Fragmented { get; } = Make(
        "fragmented",
        FragmentedCap,
        new WriteFile("odd", new(1, Format.PageSize), new() { ChunkShift = Format.MinChunkShift }),
        new WriteFile("even", new(2, Format.PageSize), new() { ChunkShift = Format.MinChunkShift }),
        new Together([.. Enumerable.Range(3, 260).Select(i => new AppendFile(i % 2 == 1 ? "odd" : "even", new(i, Format.PageSize)))]),
        new Delete("even"),
        new WriteFile("kept", new(31, 6000)));

    /// <summary>The one of a name.</summary>
    /// <param name="name">The name.</param>
    public static Start Named(string name) => new[] { Empty, Small, Tight, Torn, Encrypted, Everything, Fragmented }.Single(start => start.Name == name);

    /// <summary>For messages.</summary>
    public override string ToString() => Name;

    private static Start Make(string name, long cap, params Operation[] operations)
    {
        var disk = new RecordingDisk([]);
        var clock = new StepClock();
        var builder = new CartridgeBuilder().Slug(name).Title("A title").MaxBlocks(cap).Clock(clock.Read).Codecs(SystemCodecs.All)
            .Id(new ContainerId([.. Enumerable.Range(1, 16).Select(i => (byte)i)]));
        var isEncrypted = name is "encrypted" or "everything";
        var content = (isEncrypted ? ModelContainer.EmptyEncrypted : ModelContainer.Empty).WithTitle("A title");
        using var key = Specimens.Key();
        builder = isEncrypted ? builder.Encrypt(key) : builder;
        using (var container = builder.Create(disk.Open()))
        {
            foreach (var operation in operations)
            {
                (content, var expected) = operation.ApplyTo(content, clock.Advance());
                Assert.Equal(expected, operation.RunOn(container));
            }
        }

        return new Start(name, disk.ToArray(), content, cap);
    }

    /// <summary>Spoils the older record, as a commit does that never got to its end.</summary>
    private static Start Tear(Start start)
    {
        var image = (byte[])start.Image.Clone();
        using var container = CartridgeFile.Open(new MemoryMedium(start.Image, readOnly: true));
        var older = CommitRecord.PageOf(container.Generation + 1) * Format.PageSize;
        image.AsSpan(older + 2048, 1024).Fill(0x77);
        return start with { Name = "torn", Image = image };
    }
}

/// <summary>A clock that stands still until it is told to go on, so that runs repeat bit by bit.</summary>
internal sealed class StepClock
{
    private const long Step = 1_000_000;
    private long _now = 1_000_000_000;

    /// <summary>The time in nanoseconds.</summary>
    public long Read() => _now;

    /// <summary>Goes on to the next step.</summary>
    public long Advance() => _now += Step;
}
