using System.Security.Cryptography;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>Large containers, each in a moderate size always and in its full size with <c>CARTRIDGE_DEEP=1</c>.</summary>
public sealed class ScaleTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartridge-scale-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(20_000)]
    [DeepInlineData(1_000_000)]
    public void Many_small_files(int count)
    {
        var path = PathOf("many.cart");
        using (var container = new CartridgeBuilder().Slug("many").Create(path))
        using (var transaction = container.BeginTransaction())
        {
            for (var i = 0; i < count; i++)
            {
                container.Write($"folder-{i / 1000}/file-{i}", BitConverter.GetBytes(i));
            }

            transaction.Commit();
        }

        using (var container = CartridgeFile.OpenReadOnly(path))
        {
            Assert.Equal((ulong)count, container.EntryCount);
            Assert.Equal(count, container.List().Count());
            Assert.Equal(BitConverter.GetBytes(count - 1), container.Read($"folder-{(count - 1) / 1000}/file-{count - 1}"));
        }

        ExpectValid(path);
    }

    [Theory]
    [InlineData(1L << 30)]
    [DeepInlineData(8L << 30)]
    public void One_sparse_file(long length)
    {
        var path = PathOf("sparse.cart");
        using var container = new CartridgeBuilder().Slug("sparse").Create(path);
        container.SetLength(Make(container, "file"), length);
        container.WriteAt("file", length / 2, "the middle"u8);
        container.WriteAt("file", length - 3, "end"u8);
        Assert.Equal(length, container.GetEntry("file").Size);
        Assert.True(container.TotalBlocks < 200, $"{container.TotalBlocks} blocks for two chunks");
        var middle = new byte[12];
        Assert.Equal(12, container.ReadAt("file", (length / 2) - 1, middle));
        Assert.Equal("\0the middle\0"u8, middle);
        Assert.Equal(3, container.ReadAt("file", length - 3, middle));
        ExpectValid(path);
    }

    [Theory]
    [InlineData(64)]
    [DeepInlineData(20 * 1024)]
    public void A_large_container(int mebibytes)
    {
        var path = PathOf("large.cart");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var container = new CartridgeBuilder().Slug("large").Create(path))
        using (var transaction = container.BeginTransaction())
        {
            var part = new byte[1 << 20];
            var random = new Random(mebibytes);
            for (var i = 0; i < mebibytes; i++)
            {
                random.NextBytes(part);
                hash.AppendData(part);
                container.WriteAt("data", (long)i << 20, part);
            }

            transaction.Commit();
        }

        using (var container = CartridgeFile.OpenReadOnly(path))
        using (var stream = container.OpenRead("data"))
        {
            Assert.Equal(Convert.ToHexString(hash.GetHashAndReset()), Convert.ToHexString(SHA256.HashData(stream)));
            output.WriteLine($"{mebibytes} MiB: {container.CacheStatistics}");
            Assert.InRange(container.CacheStatistics.Bytes, 1, OpenOptions.DefaultCacheBytes);
        }

        ExpectValid(path);
    }

    private static string Make(CartridgeFile container, string path)
    {
        container.Write(path, []);
        return path;
    }

    private static void ExpectValid(string path)
    {
        var report = Verifier.Verify(path);
        Assert.True(report.IsValid && report.Findings.Count == 0, string.Join('\n', report.Findings.Take(5)));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
