using Cartridge.Formats.Generated;

namespace Cartridge.Formats.Walk;

/// <summary>
/// A reader of containers that shares nothing with the engine: it takes structures apart with the parsers that are generated from the
/// description, and does itself what a description cannot say. It exists to disagree with the engine wherever one of both is wrong.
/// </summary>
public static class CartridgeWalker
{
    /// <summary>Walks through a container from page 0 to the free map.</summary>
    /// <param name="container">The bytes of the file; the stream must be able to seek, and stays open.</param>
    /// <param name="options">How far to go; null for <see cref="WalkOptions.Default"/>.</param>
    /// <returns>What the container holds, and where.</returns>
    /// <exception cref="WalkException">The container is not valid, or costs more than the options allow.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static WalkResult Walk(Stream container, WalkOptions? options = null)
    {
        options ??= WalkOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxHoleBytes, nameof(options));
        ContainerFile file = new(container);
        Identity identity = Identity.Read(file);
        (StateRecord newest, StateRecord? older) = StateRecord.Choose(file, identity);
        StateReach reach = new(file, identity, newest.Read(file, identity, options.Key, out ContainerKeys? keys), newest.Page) { Keys = keys };
        if (options.Until == WalkPhase.Open)
        {
            return new WalkResult(Describe(reach, []), null);
        }

        Cartridge3.TreeReference system = reach.Record.SystemTree;
        Check.Require(system.PageReference.Page != 0 || StateRecord.IsZeroReference(system), "CART-PAG-013", "page.out-of-range", newest.Page,
            $"the reference to a system tree on page 0 is not all zero");
        BlobReader blobs = new(reach);
        CatalogWalk catalog = new(reach, blobs);
        catalog.Read();
        Projection projection;
        using (ContentHash hash = new(options.MaxHoleBytes))
        {
            new ContentWalk(reach, catalog, blobs, hash, options.Decoder).Read();
            projection = Describe(reach, catalog.Entries);
            if (options.WithSnapshots)
            {
                projection = projection with { Snapshots = [.. SnapshotsOf(reach, hash, options.Decoder)] };
            }
        }

        if (options.Until == WalkPhase.Access)
        {
            return new WalkResult(projection, null);
        }

        FreeMap? map = FreeMap.Read(reach, blobs);
        SnapshotWalk.Verify(reach, SnapshotList.Read(reach), reads: true);
        SpaceWalk.Verify(reach, map, () => older is null ? null : SpaceWalk.OlderPages(file, identity, older));
        return new WalkResult(projection, new PageLayout(reach.Record.TotalBlocks, reach.Owned));
    }

    /// <summary>As <see cref="Walk(Stream, WalkOptions?)"/>, for a container in memory.</summary>
    /// <param name="container">The bytes of the file.</param>
    /// <param name="options">How far to go; null for <see cref="WalkOptions.Default"/>.</param>
    /// <returns>What the container holds, and where.</returns>
    /// <exception cref="WalkException">The container is not valid, or costs more than the options allow.</exception>
    public static WalkResult Walk(byte[] container, WalkOptions? options = null)
    {
        using MemoryStream stream = new(container, writable: false);
        return Walk(stream, options);
    }

    /// <summary>As <see cref="Walk(Stream, WalkOptions?)"/>, for a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">How far to go; null for <see cref="WalkOptions.Default"/>.</param>
    /// <returns>What the container holds, and where.</returns>
    /// <exception cref="WalkException">The container is not valid, or costs more than the options allow.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static WalkResult WalkFile(string path, WalkOptions? options = null)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Walk(stream, options);
    }

    /// <summary>Reads every snapshot that is not hidden as if it were the state.</summary>
    private static IEnumerable<ProjectionSnapshot> SnapshotsOf(StateReach state, ContentHash hash, ChunkDecoder? decoder)
    {
        foreach (Snapshot snapshot in SnapshotList.Read(state.Again(new PageSet())).Where(snapshot => !snapshot.IsHidden))
        {
            StateReach reach = state.Of(snapshot, new PageSet(), decrypts: true);
            BlobReader blobs = new(reach);
            CatalogWalk catalog = new(reach, blobs);
            catalog.Read();
            new ContentWalk(reach, catalog, blobs, hash, decoder).Read();
            yield return new ProjectionSnapshot(
                Utf8Text.Decode(snapshot.Fields.Name),
                snapshot.Id,
                snapshot.Fields.Generation,
                snapshot.Fields.Created,
                snapshot.StateHash(state.Identity),
                [.. catalog.Entries.Select(entry => entry.Projection)]);
        }
    }

    private static Projection Describe(StateReach reach, IReadOnlyList<CatalogEntry> entries)
    {
        Cartridge3.IdentityPage identity = reach.Identity.Fields;
        Cartridge3.CommitRecord record = reach.Record;
        return new Projection
        {
            Slug = identity.Slug.Text,
            Title = Utf8Text.Decode(record.Title.Bytes),
            ContainerId = Convert.ToHexStringLower(identity.ContainerId),
            Created = identity.Created,
            ContentChecksum = reach.Identity.HasCrc ? "crc-32c" : "sha-256",
            Generation = record.Proof.Generation,
            StateHash = Convert.ToHexStringLower(record.Proof.PageHeader.Hash),
            Entries = [.. entries.Select(entry => entry.Projection)],
        };
    }
}

/// <summary>What a walk found.</summary>
/// <param name="Projection">What the container holds; without entries after a walk that ended with <see cref="WalkPhase.Open"/>.</param>
/// <param name="Layout">Who owns each page; null where the walk did not go on to <see cref="WalkPhase.Verify"/>.</param>
public sealed record WalkResult(Projection Projection, PageLayout? Layout);
