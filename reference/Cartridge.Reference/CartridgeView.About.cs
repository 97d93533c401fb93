namespace Cartridge.Reference;

public abstract partial class CartridgeView
{
    /// <summary>The container's manifest.</summary>
    /// <returns>The manifest, with the container's slug and title; null if it has none.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: the file is there, but it is no manifest or larger than
    /// 1 MiB.</exception>
    public CartridgeManifest? ReadManifest()
    {
        if (FindEntry(CartridgeManifest.Path) is not { Type: EntryType.File } entry)
        {
            return null;
        }

        using var access = Enter();
        return entry.Size <= CartridgeManifest.MaxLength
            ? CartridgeManifest.Parse(Read(CartridgeManifest.Path)) with { Slug = Slug, Title = Text.Decode(access.State.Title) }
            : throw new CartridgeException(ErrorCode.BadArgument, $"The manifest has {entry.Size} bytes; at most {CartridgeManifest.MaxLength} are read.");
    }

    /// <summary>Counts what an entry's content takes. This reads nodes, and no content.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The counts; all 0 for a directory.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, or a node is damaged.</exception>
    public ContentStorage GetStorage(string path)
    {
        var key = CatalogPath.Encode(path);
        using var access = Enter();
        return ContentStorage.Of(access.State, access.State.Find(key) ?? throw NotFound(key), key);
    }

    /// <summary>Counts what the newest published state consists of. This reads all nodes of all trees, and no content.</summary>
    /// <returns>The counts.</returns>
    /// <exception cref="CartridgeException">A node is damaged.</exception>
    public abstract ContainerStatistics GetStatistics();
}
