using System.Text.Json;

namespace Cartridge.Format1;

/// <summary>What a container of format 1 says of itself, in an ordinary file of it.</summary>
/// <param name="Slug">The container's name for programs.</param>
/// <param name="Title">The container's name for people.</param>
public sealed partial record Format1Manifest(string Slug, string Title)
{
    /// <summary>Where it is since version 0.2.6.</summary>
    public const string Path = ".cartridge/manifest.json";

    /// <summary>Where it was before.</summary>
    public const string OldPath = "/.cartridge/manifest.json";

    /// <summary>The largest manifest that is read, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">The file's content.</param>
    /// <returns>The manifest, or null if it is none.</returns>
    public static Format1Manifest? Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonMembers.TryParse(text, out _);
        JsonElement? root = document?.RootElement;
        return root.Text("slug") is { } slug && root.Text("title") is { } title && root.Text("version") is not null && root.Text("created") is not null
            ? new Format1Manifest(slug, title)
            : null;
    }
}
