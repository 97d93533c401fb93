namespace Cartridge.Reference;

/// <summary>One line of a listing.</summary>
/// <param name="Path">The path of an entry, or a common prefix, or a directory that only the paths below it imply.</param>
/// <param name="Entry">The entry; null for a prefix or an implied directory.</param>
public sealed record ListItem(string Path, CartridgeEntry? Entry)
{
    /// <summary>The last segment of the path.</summary>
    public string Name => Path[(Path.TrimEnd('/').LastIndexOf('/') + 1)..];
}
