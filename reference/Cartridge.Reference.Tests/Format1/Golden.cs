using System.IO.Compression;
using System.Text.Json.Nodes;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>
/// Containers that the programs in the wild have written (cartridge-rs 0.2.4, 0.2.6 and 0.2.7), each with what those programs read
/// from it. They stand in one archive, for most of their bytes are zero.
/// </summary>
internal static class Golden
{
    private static readonly Dictionary<string, byte[]> Files = Unpack();

    /// <summary>The containers with a list of what is in them.</summary>
    public static TheoryData<string> Listed { get; } = [.. ListedNames("")];

    /// <summary>Every container.</summary>
    public static IReadOnlyList<string> AllNames { get; } = [.. Files.Keys.Where(name => name.EndsWith(".cart", StringComparison.Ordinal)).Order()];

    /// <summary>Every container that is not broken.</summary>
    public static TheoryData<string> Sound { get; } =
        [.. Files.Keys.Where(name => name.EndsWith(".cart", StringComparison.Ordinal) && !name.Contains("/broken/") && !name.EndsWith("manymax.cart", StringComparison.Ordinal)).Order()];

    /// <summary>The containers below a folder with a list of what is in them.</summary>
    public static IEnumerable<string> ListedNames(string folder) => Files.Keys
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".cart", StringComparison.Ordinal))
        .Where(name => Files.ContainsKey(ExpectedName(name)) && Expected(name).ContainsKey("entries"))
        .Order();

    public static byte[] Bytes(string name) => [.. Files[name]];

    public static JsonObject Expected(string name) => JsonNode.Parse(Files[ExpectedName(name)])!.AsObject();

    /// <summary>Opens one in memory.</summary>
    public static Cartridge.Format1.Format1File Open(string name, string? key = null, bool salvage = false) => Cartridge.Format1.Format1File.Open(
        new MemoryMedium(Bytes(name), readOnly: true),
        new() { Key = key is null ? null : Convert.FromHexString(key), Salvage = salvage });

    public static Cartridge.Format1.Format1Report Verify(byte[] container, params string[] switchedOff)
    {
        using MemoryMedium medium = new(container, readOnly: true);
        return Cartridge.Format1.Format1Verifier.Verify(medium, new() { SwitchedOff = switchedOff.ToHashSet() });
    }

    /// <summary>The bytes that the golden containers' generator makes of a number.</summary>
    public static byte[] Generated(int seed, int length) =>
        [.. Enumerable.Range(0, length).Select(i => unchecked((byte)((i * 31) + 7 + ((i >> 8) * 17) + ((i >> 12) * 101) + ((i >> 20) * 37) + (seed * 59))))];

    /// <summary>The folder of snapshots beside a container, on the disk.</summary>
    public static void UnpackSnapshots(string container, string folder)
    {
        string prefix = $"{Path.GetDirectoryName(container)}/snaps/";
        foreach ((string name, byte[] bytes) in Files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            string path = Path.Combine(folder, name[prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    private static string ExpectedName(string name) => Path.ChangeExtension(name, ".expected.json");

    private static Dictionary<string, byte[]> Unpack()
    {
        using ZipArchive archive = ZipFile.OpenRead(RepositoryRoot.Combine("reference", "Cartridge.Reference.Tests", "Format1", "golden.zip"));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using MemoryStream bytes = new();
            using Stream stored = entry.Open();
            stored.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}
