using System.Buffers.Binary;
using System.Text.Json;
using Cartridge.Fuzz;
using Cartridge.Testing;
using FuzzProgram = Cartridge.Fuzz.Program;

namespace Cartridge.Reference.Tests;

/// <summary>The entry points for fuzzers: sound inputs and damaged ones are answered, and a fault is told.</summary>
public sealed class FuzzTargetTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CARTRIDGE_DEEP") == "1" ? 5000 : 25;

    public static TheoryData<string> Names { get; } = [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_seed_and_what_comes_of_damaging_it_is_answered(string name)
    {
        var target = FuzzTargets.Find(name)!;
        target.Run([]);
        target.Run([0]);
        foreach (var (seed, id) in SeedsFor(name))
        {
            Answer(target, seed, id);
            for (var round = 0; round < Rounds; round++)
            {
                Answer(target, Damaged(seed, new Random(round)), $"{id}, random seed {round}");
            }
        }
    }

    /// <summary>Inputs that have found a fault once find none any more.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_corpus_is_answered(string name)
    {
        var folder = RepositoryRoot.Combine("fuzz", "corpus", name);
        using var log = new StringWriter();
        Assert.True(!Directory.Exists(folder) || FuzzProgram.Run(FuzzTargets.Find(name)!, [folder], () => Stream.Null, log) == 0, log.ToString());
    }

    [Fact]
    public void Every_folder_of_the_corpus_is_a_target() => Assert.All(
        Directory.EnumerateDirectories(RepositoryRoot.Combine("fuzz", "corpus")), folder => Assert.NotNull(FuzzTargets.Find(Path.GetFileName(folder))));

    [Fact]
    public void A_fault_is_told_and_ends_with_another_exit_code()
    {
        var folder = Directory.CreateTempSubdirectory("cartridge-fuzz-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a"), "sound");
            Directory.CreateDirectory(Path.Combine(folder.FullName, "deeper"));
            File.WriteAllText(Path.Combine(folder.FullName, "deeper", "b"), "bad");
            var target = new FuzzTarget("planted", "", bytes => _ = bytes[0] == (byte)'b' ? throw new InvalidOperationException("a planted fault") : 0);

            var (code, log) = Run(target, folder.FullName);
            Assert.Equal(1, code);
            Assert.Contains("b: planted: System.InvalidOperationException", log, StringComparison.Ordinal);
            Assert.Contains("planted: 2 inputs, 1 faults", log, StringComparison.Ordinal);
            Assert.Equal(0, Run(target, Path.Combine(folder.FullName, "a")).Code);
            Assert.Equal(2, Run(target, Path.Combine(folder.FullName, "c")).Code);
            Assert.Equal(1, Run(target, []).Code);
            Assert.Equal(2, FuzzProgram.Main(["no such target"]));
            Assert.Equal(0, FuzzProgram.Main(["list"]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Code, string Log) Run(FuzzTarget target, params string[] paths)
    {
        using var log = new StringWriter();
        return (FuzzProgram.Run(target, paths, () => new MemoryStream("bad"u8.ToArray()), log), log.ToString());
    }

    private static void Answer(FuzzTarget target, byte[] input, string what)
    {
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{target.Name}: {what}: {e.Message}", e);
        }
    }

    private static byte[] Damaged(byte[] seed, Random random)
    {
        byte[] bytes = [.. seed];
        for (var left = random.Next(1, 6); left > 0 && bytes.Length > 8; left--)
        {
            // What structures say stands at the beginning of pages, and of files.
            var page = random.Next(Math.Max(1, bytes.Length / Format.PageSize)) * Format.PageSize;
            var at = Math.Min(bytes.Length - 8, page + random.Next(random.Next(2) == 0 ? 100 : Format.PageSize));
            switch (random.Next(4))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), ulong.MaxValue >> random.Next(64)); break;
                default: bytes.AsSpan(random.Next(bytes.Length - 8), 8).CopyTo(bytes.AsSpan(at)); break;
            }
        }

        return random.Next(6) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static IEnumerable<(byte[] Bytes, string Id)> SeedsFor(string target) => target switch
    {
        "format-1" or "format-1-migrate" => ((IEnumerable<object[]>)Format1.Golden.Sound).Select(row => (string)row[0]).Select(name => (Format1.Golden.Bytes(name), name)).Where(seed => seed.Item1.Length < 200_000),
        "format-1-manifest" => [("""{"slug":"a-b","title":"T","version":"1","created":"2024-01-01T00:00:00Z"}"""u8.ToArray(), "manifest")],
        "manifest" => [("""{"slug":"a-b","title":"T","capabilities":["x"],"other":[1,{"a":null}]}"""u8.ToArray(), "manifest")],
        "transfer" => Golden("transfer", "stream"),
        "signature" => Golden("signatures", "file"),
        "lz4" or "zstd" => [([255, 127, .. Specimens.Lines(20)], "lines"), ([4, 0, 0x28, 0xB5, 0x2F, 0xFD, 0x20, 5, 0x29, 0, 0, 1, 2, 3, 4, 5], "frame")],
        _ => Specimens.All.Select(specimen => (specimen.Value(), specimen.Key)),
    };

    private static IEnumerable<(byte[] Bytes, string Id)> Golden(string folder, string member) =>
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("conformance", folder, "cases.json"))).RootElement.GetProperty("cases").EnumerateArray()
            .Where(each => each.TryGetProperty(member, out var bytes) && bytes.ValueKind == JsonValueKind.String)
            .Select(each => (Convert.FromHexString(each.GetProperty(member).GetString()!), each.GetProperty("id").GetString()!));
}
