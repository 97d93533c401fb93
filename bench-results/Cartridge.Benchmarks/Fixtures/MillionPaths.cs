using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>A container with 1,000,000 small files in 1,000 folders, made once a run.</summary>
internal static class MillionPaths
{
    private const int FilesPerFolder = 1000;
    private const int QuickCount = 10_000;
    private const int FullCount = 1_000_000;

    /// <summary>Whether the run is a quick one, with fewer paths.</summary>
    public static bool IsQuick { get; set; }

    private static int Count => IsQuick ? QuickCount : FullCount;

    /// <summary>The container; made on the first call.</summary>
    public static string File
    {
        get
        {
            var path = Workspace.Current.PathOf("million.cart");
            if (!System.IO.File.Exists(path))
            {
                Make(path);
            }

            return path;
        }
    }

    /// <summary>All paths, in the order of their bytes.</summary>
    public static string[] Paths() => [.. Enumerable.Range(0, Count).Select(PathOf)];

    private static void Make(string path)
    {
        new CartridgeBuilder().Slug("million").Create(path).Dispose();
        using var container = CartridgeFile.Open(path, new OpenOptions { Durability = Durability.Deferred });
        for (var i = 0; i < Count; i++)
        {
            container.Write(PathOf(i), "a small file"u8);
        }
    }

    private static string PathOf(int i) => $"folder-{i / FilesPerFolder:0000}/document-{i % FilesPerFolder:0000}.txt";
}
