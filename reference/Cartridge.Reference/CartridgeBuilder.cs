namespace Cartridge.Reference;

/// <summary>Makes a container with other than the default properties.</summary>
public sealed class CartridgeBuilder
{
    private const byte DefaultGrowthThreshold = 10;

    private string? _slug;
    private string _title = "";
    private ulong _initialBlocks = Format.FixedBlocks;
    private byte _growthThreshold = DefaultGrowthThreshold;
    private ulong _maxBlocks;
    private ContentChecksum _checksum = Cartridge.Reference.ContentChecksum.Sha256;
    private ContainerId? _id;
    private CartridgeKey? _key;
    private int _rounds = KeySlot.MinRounds;
    private RandomFill _random = StrongRandom.Fill;
    private Func<long> _clock = Cartridge.Reference.Clock.Now;
    private IReadOnlyList<IContentCodec> _codecs = [];
    private CodecChoice _defaultCodec;

    /// <summary>The slug; required.</summary>
    /// <param name="slug">1 to 255 of a-z, 0-9 and '-', neither beginning nor ending with '-'.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder Slug(string slug) => With(() => _slug = slug);

    /// <summary>The title; empty by default.</summary>
    /// <param name="title">At most 255 bytes of UTF-8.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder Title(string title) => With(() => _title = title);

    /// <summary>The size to begin with; 3 blocks (12 KiB) by default.</summary>
    /// <param name="blocks">In blocks of 4096 bytes, at least 3.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder InitialBlocks(long blocks) => With(() => _initialBlocks = blocks is >= Format.FixedBlocks and <= Format.MaxBlocks
        ? (ulong)blocks
        : throw new CartridgeException(ErrorCode.BadArgument, $"{blocks} initial blocks; {Format.FixedBlocks} to 2^51 are possible."));

    /// <summary>How little free space makes a commit grow the container ahead of need; 10 percent by default.</summary>
    /// <param name="percent">0 (never) to 100.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder GrowthThreshold(int percent) => With(() => _growthThreshold = percent is >= 0 and <= 100
        ? (byte)percent
        : throw new CartridgeException(ErrorCode.BadArgument, $"A growth threshold of {percent} percent; 0 to 100 are possible."));

    /// <summary>The size beyond which the container never grows; unlimited by default.</summary>
    /// <param name="blocks">In blocks of 4096 bytes; 0 is unlimited.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder MaxBlocks(long blocks) => With(() => _maxBlocks = blocks is >= 0 and <= Format.MaxBlocks
        ? (ulong)blocks
        : throw new CartridgeException(ErrorCode.BadArgument, $"A cap of {blocks} blocks; 0 to 2^51 are possible."));

    /// <summary>The checksum of content; SHA-256 by default.</summary>
    /// <param name="checksum">SHA-256, or CRC-32C, which finds accidents only.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder Checksum(ContentChecksum checksum) => With(() => _checksum = Enum.IsDefined(checksum)
        ? checksum
        : throw new CartridgeException(ErrorCode.BadArgument, $"{checksum} is no content checksum."));

    /// <summary>The container id; random by default. Two containers must never share one.</summary>
    /// <param name="id">The id.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder Id(ContainerId id) => With(() => _id = id);

    /// <summary>The clock; the system's by default.</summary>
    /// <param name="clock">Gives nanoseconds since the Unix epoch.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder Clock(Func<long> clock) => With(() => _clock = clock);

    /// <summary>The codecs that the container, once made, reads and writes content with; none by default.</summary>
    /// <param name="codecs">The codecs.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder Codecs(IReadOnlyList<IContentCodec> codecs) => With(() => _codecs = codecs);

    /// <summary>Encrypts all content of the container, for its whole life; not encrypted by default.</summary>
    /// <param name="key">What opens it; more keys can be added later. Not kept; it must live until the container is made.</param>
    /// <param name="rounds">For a passphrase: rounds of its derivation, 600,000 to 2,000,000.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder Encrypt(CartridgeKey key, int rounds = KeySlot.MinRounds) => With(() =>
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        _rounds = KeyWrapping.CheckedRounds(rounds);
    });

    /// <summary>Where keys, salts and nonces come from; for bytes that have to be repeatable, and so no secret at all.</summary>
    internal CartridgeBuilder Random(RandomFill random) => With(() => _random = random);

    /// <summary>How content is stored whose file has no choice of its own; as it is by default.</summary>
    /// <param name="codec">The codec; where a program does not have it, it writes content as it is.</param>
    /// <returns>This builder.</returns>
    public CartridgeBuilder DefaultCodec(CodecChoice codec) => With(() => _defaultCodec = codec);

    /// <summary>
    /// Makes the container in a file: under a temporary name, synced, and only then under its own, so that nobody ever sees
    /// half a container.
    /// </summary>
    /// <param name="path">The file; nothing may have that name yet.</param>
    /// <returns>The container, open for reading and writing.</returns>
    /// <exception cref="CartridgeException"><c>api.exists</c>, <c>api.not-found</c> (the folder),
    /// <c>api.access-denied</c>, <c>api.bad-argument</c>.</exception>
    public CartridgeFile Create(string path)
    {
        var medium = CreateUnnamed(path, out var temporary);
        try
        {
            FileMedium.Publish(temporary, path);
        }
        catch
        {
            medium.Dispose();
            File.Delete(temporary);
            throw;
        }

        return OpenNew(medium);
    }

    /// <summary>
    /// Makes the container in a file out of a full stream: the file has its name only when all of the stream is in it, durably (CART-TRF-107).
    /// </summary>
    /// <param name="path">The file; nothing may have that name yet.</param>
    /// <param name="source">A stream as <see cref="CartridgeFile.Send"/> writes it, which can seek.</param>
    /// <param name="snapshot">The name of a snapshot to make of the content; null for none.</param>
    /// <returns>What was received.</returns>
    /// <exception cref="CartridgeException">As for <see cref="Create(string)"/> and <see cref="CartridgeFile.Receive(Stream, string, ContentSum)"/>.</exception>
    /// <exception cref="IOException">The system refused; there is no such file.</exception>
    public TransferSummary Receive(string path, Stream source, string? snapshot = null)
    {
        var medium = CreateUnnamed(path, out var temporary);
        try
        {
            using var container = OpenNew(medium);
            var summary = container.Receive(source, snapshot);
            FileMedium.Publish(temporary, path);
            return summary;
        }
        catch
        {
            medium.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes the container in a file that <see cref="FileMedium.Publish"/> has yet to give its name.</summary>
    internal CartridgeFile CreateUnpublished(string path, out string temporary) => OpenNew(CreateUnnamed(path, out temporary));

    /// <summary>Makes the container on any medium.</summary>
    /// <param name="medium">An empty medium; closed together with the container.</param>
    /// <returns>The container, open for reading and writing.</returns>
    /// <exception cref="CartridgeException"><c>api.exists</c>: the medium is not empty. <c>api.bad-argument</c>.</exception>
    public CartridgeFile Create(IMedium medium)
    {
        ArgumentNullException.ThrowIfNull(medium);
        if (medium.Length > 0)
        {
            throw new CartridgeException(ErrorCode.Exists, "The medium is not empty.");
        }

        Write(Layout(), medium);
        return OpenNew(medium);
    }

    private CartridgeFile OpenNew(IMedium medium)
    {
        try
        {
            return CartridgeFile.Open(medium, new OpenOptions { Clock = _clock, Codecs = _codecs, Key = _key, Random = _random });
        }
        catch
        {
            medium.Dispose();
            throw;
        }
    }

    /// <summary>The container, whole and durable, under a name that nobody looks for.</summary>
    private FileMedium CreateUnnamed(string path, out string temporary)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var pages = Layout();
        if (Path.Exists(path))
        {
            throw FileMedium.AlreadyThere(path);
        }

        var medium = FileMedium.CreateUnnamed(path, out temporary);
        try
        {
            Write(pages, medium);
            return medium;
        }
        catch
        {
            medium.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    private void Write(byte[] pages, IMedium medium)
    {
        medium.SetLength(Pages.OffsetOf(_initialBlocks));
        medium.Write(0, pages);
        medium.Sync();
    }

    /// <summary>The three pages that every container begins with: its identity, and the records of generations 0 and 1 (CART-COM-117).</summary>
    private byte[] Layout()
    {
        if (_maxBlocks != 0 && _maxBlocks < _initialBlocks)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"A cap of {_maxBlocks} blocks lies below the initial {_initialBlocks}.");
        }

        var now = _clock();
        var identity = new Identity
        {
            Id = _id ?? ContainerId.NewRandom(),
            Created = now,
            ContentChecksum = _checksum,
            IsEncrypted = _key is not null,
            Slug = SlugText.Encode(_slug ?? throw new CartridgeException(ErrorCode.BadArgument, "A container needs a slug.")),
        };
        var pages = new byte[Format.FixedBlocks * Format.PageSize];
        identity.Write().CopyTo(pages, 0);
        using var keys = _key is null ? null : ContainerKeys.Generate(identity.Id, _random);
        var slots = keys is null ? [] : new byte[KeySlot.AreaLength];
        keys?.Wrap(_key!, _rounds).Write(KeySlot.In(slots.AsSpan(), 0));
        foreach (var generation in new[] { 0UL, 1UL })
        {
            var page = pages.AsSpan(CommitRecord.PageOf(generation) * Format.PageSize, Format.PageSize);
            First(generation, now, slots).Write(identity, page, keys);
        }

        return pages;
    }

    private CommitRecord First(ulong generation, long now, byte[] slots)
    {
        var free = _initialBlocks - Format.FixedBlocks;
        var space = new SpaceLedger(new MemoryMedium(), _initialBlocks, _maxBlocks);
        for (var left = free; left > 0; left -= Math.Min(left, uint.MaxValue))
        {
            space.Load([new FreeExtent(Format.FixedBlocks + (free - left), (uint)Math.Min(left, uint.MaxValue), 0)]);
        }

        return new CommitRecord
        {
            Generation = generation,
            Time = now,
            TotalBlocks = _initialBlocks,
            FreeBlocks = free,
            GrowthCap = _maxBlocks,
            GrowthThreshold = _growthThreshold,
            NextFileId = 1,
            DefaultCodec = _defaultCodec,
            Title = Text.EncodeShort(_title, "The title"),
            KeySlots = slots,
            FreeMapField = (space.ToExtents() is { Count: <= FreeMap.MaxInlineExtents } extents ? FreeMap.Inline(extents) : FreeMap.Absent).Write(),
        };
    }

    private CartridgeBuilder With(Action set)
    {
        set();
        return this;
    }
}
