using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Many files as one operation: the same as one by one, all or nothing, with contents read ahead within bounds.</summary>
public sealed class BulkTests
{
    private const int Chunk = 1 << Format.DefaultChunkShift;

    private static readonly int[] Lengths = [0, 1, 512, 513, 4096, Chunk - 1, Chunk, Chunk + 1, (3 * Chunk) + 700];

    [Theory]
    [InlineData(ContentChecksum.Sha256)]
    [InlineData(ContentChecksum.Crc32C)]
    public void Files_written_together_are_what_they_are_written_one_by_one(ContentChecksum checksum)
    {
        using var together = New(checksum);
        using var apart = New(checksum);
        var hashed = new EntryMetadata { RecordContentHash = true, Mode = 0x180 };
        foreach (var container in new[] { together, apart })
        {
            container.Write("files/3", Bytes(99, 200_000)); // to be replaced
        }

        var generation = together.Generation;
        together.WriteAll(Lengths.Select((length, i) => BulkStep.File($"files/{i}", Once(Bytes(i, length)), i % 2 == 0 ? hashed : null)));
        for (var i = 0; i < Lengths.Length; i++)
        {
            apart.Write($"files/{i}", Bytes(i, Lengths[i]), i % 2 == 0 ? hashed : null);
        }

        Assert.Equal(apart.List().Select(Essence), together.List().Select(Essence));
        Assert.All(Enumerable.Range(0, Lengths.Length), i => Assert.Equal(Bytes(i, Lengths[i]), together.Read($"files/{i}")));
        Assert.Equal(generation + 1, together.Generation);
    }

    [Theory]
    [InlineData(CodecId.None)]
    [InlineData(CodecId.Lz4)]
    public void What_is_encrypted_ahead_is_bound_to_the_file_that_it_gets_into(byte codec)
    {
        using var key = Specimens.Key();
        using var medium = new MemoryMedium();
        var choice = codec == CodecId.None ? CodecChoice.None : CodecChoice.Lz4();
        using (var container = new CartridgeBuilder().Slug("bulk").Encrypt(key).Codecs(SystemCodecs.All).DefaultCodec(choice).Create(medium))
        {
            container.Write("files/7", Bytes(99, 200_000)); // to be replaced: it keeps its id, which nobody reading ahead knows
            container.WriteAll(Enumerable.Range(0, 3 * ReadAhead.MaxAhead).SelectMany(i => new[]
            {
                BulkStep.File($"files/{i}", new MemoryStream(Content(i))),
                BulkStep.Do(() => container.CreateSymbolicLink($"links/{i}", "target")),
            }));
        }

        using var opened = CartridgeFile.Open(medium, new OpenOptions { Key = key, Codecs = SystemCodecs.All, ReadOnly = true });
        Assert.All(Enumerable.Range(0, 3 * ReadAhead.MaxAhead), i => Assert.Equal(Content(i), opened.Read($"files/{i}")));
        Assert.All(Enumerable.Range(0, 3 * ReadAhead.MaxAhead), i => Assert.Equal("target", opened.ReadLink($"links/{i}")));
        Assert.Empty(Verifier.Verify(medium, new VerifyOptions { Key = key, Codecs = SystemCodecs.All }).Findings);

        static byte[] Content(int i) => i % 2 == 0 ? Bytes(i, Lengths[i % Lengths.Length]) : Specimens.Lines(i, Lengths[i % Lengths.Length]);
    }

    [Fact]
    public void File_ids_that_were_set_aside_for_nothing_are_given_back()
    {
        using var key = Specimens.Key();
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("bulk").Encrypt(key).Create(medium);
        var generation = container.Generation;
        container.WriteAll([]);
        Assert.Equal(generation, container.Generation);
        container.WriteAll([BulkStep.File("a", Once(Bytes(1, 5000))), BulkStep.File("b", Once(Bytes(2, 5000)))]);
        container.Write("c", Bytes(3, 5000));
        Assert.Equal([1UL, 2UL, 3UL], container.List().Select(entry => entry.FileId));
    }

    [Fact]
    public void Zeros_become_holes_and_databases_get_small_chunks_here_too()
    {
        using var container = New();
        byte[] database = [.. "SQLite format 3\0"u8, .. Bytes(1, 20_000)];
        container.WriteAll([BulkStep.File("zeros", new MemoryStream(new byte[3 * Chunk])), BulkStep.File("database", Once(database))]);
        Assert.Null(container.NextData("zeros", 0));
        Assert.Equal(3 * Chunk, container.GetEntry("zeros").Size);
        Assert.Equal(Format.MinChunkShift, container.GetEntry("database").ChunkShift);
        Assert.Equal(database, container.Read("database"));
    }

    [Fact]
    public void Steps_of_another_kind_have_their_turn_between_the_files()
    {
        using var container = New();
        container.WriteAll(
        [
            BulkStep.File("a", Once(Bytes(1, 100_000))),
            BulkStep.Do(() => Assert.Equal(100_000, container.GetEntry("a").Size)),
            BulkStep.Do(() => container.Move("a", "b")),
            BulkStep.File("a", Once(Bytes(2, 10))),
            BulkStep.Do(() => container.CreateDirectory("c")),
        ]);
        Assert.Equal(["a", "b", "c"], container.List().Select(entry => entry.Path));
        Assert.Equal(Bytes(1, 100_000), container.Read("b"));
    }

    [Fact]
    public void A_stream_that_fails_leaves_nothing_and_its_exception_arrives_as_it_is()
    {
        using var medium = new MemoryMedium();
        using var container = New(medium: medium);
        container.Write("a", Bytes(1, 100_000));
        var (hash, length) = (container.StateHash(), medium.Length);
        var failure = new InvalidDataException("a stream of the caller's own");
        var isClosed = false;

        var caught = Assert.Throws<InvalidDataException>(() => container.WriteAll(Steps()));

        Assert.Same(failure, caught);
        Assert.True(isClosed, "the sequence has ended before the call did");
        Assert.Equal(hash, container.StateHash());
        Assert.Equal(length, medium.Length);
        Assert.Equal(Bytes(1, 100_000), container.Read("a"));
        Assert.Null(container.FindEntry("b"));
        container.Write("c", Bytes(3, 300_000));
        Assert.Empty(Verifier.Verify(medium).Findings);

        IEnumerable<BulkStep> Steps()
        {
            try
            {
                yield return BulkStep.File("a", Once(Bytes(2, 200_000)));
                yield return BulkStep.File("b", new FailingStream(1_000_000, failure));
            }
            finally
            {
                isClosed = true;
            }
        }
    }

    [Fact]
    public void In_a_transaction_what_fails_is_taken_back_alone()
    {
        using var medium = new MemoryMedium();
        using var container = New(medium: medium);
        using (var transaction = container.BeginTransaction())
        {
            container.WriteAll([BulkStep.File("a", Once(Bytes(1, 100_000)))]);
            Assert.Throws<InvalidDataException>(() => container.WriteAll(
            [
                BulkStep.Do(() => container.Delete("a")),
                BulkStep.File("b", Once(Bytes(2, 1_000_000))),
                BulkStep.File("c", new FailingStream(100_000, new InvalidDataException())),
            ]));
            Assert.Equal(["a"], container.List().Select(entry => entry.Path));
            transaction.Commit();
        }

        Assert.Equal(Bytes(1, 100_000), container.Read("a"));
        Assert.Empty(Verifier.Verify(medium).Findings);
    }

    [Fact]
    public void A_container_that_is_full_stays_as_it_was()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("full").MaxBlocks(64).Create(medium);
        var hash = container.StateHash();
        var refused = Assert.Throws<CartridgeException>(() =>
            container.WriteAll([BulkStep.File("a", Once(Bytes(1, 50_000))), BulkStep.File("b", Once(Bytes(2, 1_000_000)))]));
        Assert.Equal(ErrorCode.LimitExceeded, refused.Code);
        Assert.Empty(container.List());
        Assert.Empty(Verifier.Verify(medium).Findings);
    }

    [Fact]
    public void Nothing_ends_in_the_middle()
    {
        using var container = New();
        Action[] ends = [container.Flush, () => container.BeginTransaction(), container.Dispose];
        foreach (var end in ends)
        {
            Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => container.WriteAll([BulkStep.Do(end)])).Code);
        }

        using var transaction = container.BeginTransaction();
        Assert.Throws<CartridgeException>(() => container.WriteAll([BulkStep.Do(transaction.Commit)]));
        Assert.Throws<CartridgeException>(() => container.WriteAll([BulkStep.Do(transaction.Dispose)]));
    }

    [Fact]
    public void What_is_read_ahead_is_bounded_however_much_there_is()
    {
        var source = new EndlessStream(64 << 20);
        using var medium = new WatchedMedium(() => source.Given);
        using var container = new CartridgeBuilder().Slug("bounded").Checksum(ContentChecksum.Crc32C).Create(medium);
        container.WriteAll([BulkStep.File("large", source)]);
        Assert.Equal(64 << 20, container.GetEntry("large").Size);

        // What waits, what is being read, and what is being written.
        Assert.InRange(medium.MostAhead, 0, (ReadAhead.MaxWaiting + 3) * Chunk);
    }

    private static CartridgeFile New(ContentChecksum checksum = ContentChecksum.Sha256, MemoryMedium? medium = null) =>
        new CartridgeBuilder().Slug("bulk").Checksum(checksum).Create(medium ?? new MemoryMedium());

    private static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static OnceStream Once(byte[] bytes) => new(bytes);

    private static string Essence(CartridgeEntry entry) =>
        $"{entry.Path} {entry.Type} {entry.Size} {entry.Mode} {entry.ChunkShift} {entry.IsInline} {(entry.ContentHash is { } hash ? Convert.ToHexString([.. hash]) : "")}";

    /// <summary>Gives its bytes once, and in small pieces.</summary>
    private sealed class OnceStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 10_000)]);
    }

    /// <summary>Fails after so many bytes.</summary>
    private sealed class FailingStream(int good, Exception failure) : MemoryStream(Bytes(7, good), writable: false)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer) is > 0 and var read ? read : throw failure;
    }

    /// <summary>Gives so many bytes that are not zero, and counts them.</summary>
    private sealed class EndlessStream(long length) : MemoryStream
    {
        private long _given;

        public long Given => Interlocked.Read(ref _given);

        public override int Read(Span<byte> buffer)
        {
            var part = buffer[..(int)Math.Min(buffer.Length, length - _given)];
            part.Fill(1);
            Interlocked.Add(ref _given, part.Length);
            return part.Length;
        }
    }

    /// <summary>Knows how far the reading has been ahead of the writing.</summary>
    private sealed class WatchedMedium(Func<long> read) : IMedium
    {
        private readonly MemoryMedium _inner = new();
        private long _written;

        public long MostAhead { get; private set; }

        public long Length => _inner.Length;

        public bool IsReadOnly => false;

        public ILocks Locks => _inner.Locks;

        public int Read(long offset, Span<byte> destination) => _inner.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            MostAhead = Math.Max(MostAhead, read() - _written);
            _written += source.Length;
            _inner.Write(offset, source);
        }

        public void SetLength(long length) => _inner.SetLength(length);

        public void Sync() => _inner.Sync();

        public void Dispose() => _inner.Dispose();
    }
}
