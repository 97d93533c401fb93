using System.Globalization;
using System.Security.Cryptography;
using Cartridge.Cli;

namespace Cartridge.Reference.Tests;

/// <summary>All that is in a folder of the disk, one line a thing, for comparing folders.</summary>
internal static class HostTree
{
    /// <summary>Path, kind, mode, time to the nanosecond, and content, link target or attributes.</summary>
    public static string[] Of(string folder, int modeMask = 0xFFF) => [.. Walk(folder, "", modeMask)];

    private static IEnumerable<string> Walk(string folder, string prefix, int modeMask)
    {
        foreach (var name in HostFiles.Here.NamesIn(folder))
        {
            var path = Path.Combine(folder, name);
            var entry = HostFiles.Here.Look(path)!;
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{prefix}{name} {entry.Kind} {Convert.ToString(entry.Mode & modeMask, 8)} {entry.Modified} {Detail(path, entry)}");
            foreach (var line in entry.Kind == HostKind.Folder ? Walk(path, $"{prefix}{name}/", modeMask) : [])
            {
                yield return line;
            }
        }
    }

    private static string Detail(string path, HostEntry entry)
    {
        var attributes = string.Join(',', HostFiles.Here.AttributesOf(path).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={Convert.ToHexString(a.Value)}"));
        return entry.Kind switch
        {
            HostKind.File => $"{Hash(path)} {attributes}",
            HostKind.Link => HostFiles.Here.ReadLink(path),
            _ => attributes,
        };
    }

    private static string Hash(string path)
    {
        using var content = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(content));
    }
}
