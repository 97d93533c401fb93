using System.Diagnostics;

namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Makes the container <c>slug.cart</c> in the current folder.</summary>
    /// <param name="slug">1 to 255 of a-z, 0-9 and '-', neither beginning nor ending with '-'.</param>
    /// <param name="title">At most 255 bytes of UTF-8.</param>
    /// <returns>The container, open for reading and writing.</returns>
    /// <exception cref="CartridgeException"><c>api.exists</c>, <c>api.access-denied</c>, <c>api.bad-argument</c>.</exception>
    public static CartridgeFile Create(string slug, string title) =>
        new CartridgeBuilder().Slug(slug).Title(title).Create($"{slug}.cart");

    /// <summary>Opens a container for reading and writing, and recovers it if its last writer did not get to the end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <returns>The container.</returns>
    /// <exception cref="CartridgeException">The container is not valid, or <c>api.not-found</c>, <c>api.access-denied</c>,
    /// <c>api.busy</c> (another writer), <c>api.read-only</c> (it has features that this edition can only read),
    /// <c>crypto.missing-key</c> (it is encrypted), <c>crypto.wrong-key</c>, <c>crypto.auth-failed</c>, <c>crypto.downgraded</c>.</exception>
    public static CartridgeFile Open(string path, OpenOptions? options = null) =>
        OpenOwned(FileMedium.Open(path, options?.ReadOnly ?? false), options);

    /// <summary>Opens a container for reading. A reader takes no lock that anybody waits for, and writes nothing (CART-CNV-111).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <returns>The container.</returns>
    /// <exception cref="CartridgeException">The container is not valid, or <c>api.not-found</c>, <c>api.access-denied</c>.</exception>
    public static CartridgeFile OpenReadOnly(string path, OpenOptions? options = null) =>
        Open(path, (options ?? new()) with { ReadOnly = true });

    /// <summary>Opens a container on any medium.</summary>
    /// <param name="medium">The medium; closed together with the container, but not if opening fails.</param>
    /// <param name="options">How.</param>
    /// <returns>The container.</returns>
    /// <exception cref="CartridgeException">As for a file.</exception>
    public static CartridgeFile Open(IMedium medium, OpenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(medium);
        options ??= new();
        return options.ReadOnly || medium.IsReadOnly ? OpenReader(medium, options) : OpenWriter(medium, options);
    }

    private static CartridgeFile OpenOwned(FileMedium medium, OpenOptions? options)
    {
        try
        {
            return Open(medium, options);
        }
        catch
        {
            medium.Dispose();
            throw;
        }
    }

    private static CartridgeFile OpenReader(IMedium medium, OpenOptions options)
    {
        var checker = new StrictChecker();
        var identity = Identity.Read(medium, checker)!;
        var state = PinNewest(medium, identity, checker, out var generation);
        try
        {
            var (record, _) = ReadState(state, identity, medium, checker);
            var keys = Unlock(state, identity, options, checker);
            var space = new SpaceLedger(medium, record.TotalBlocks, record.GrowthCap);
            var draft = new Draft(record, new PagePool(medium, identity, new ContentCoder(options.Codecs, keys), options.CacheBytes), space);
            return new CartridgeFile(draft, null, new PinTable(), options, checker.Lesser);
        }
        catch
        {
            medium.Locks.Unpin(generation);
            throw;
        }
    }

    /// <summary>Pins the newest state. A writer may have moved on between reading and pinning, so the reader looks again (CART-LIF-103).</summary>
    private static StateSelection PinNewest(IMedium medium, Identity identity, StrictChecker checker, out ulong generation)
    {
        while (true)
        {
            var state = StateSelection.Choose(medium, identity, checker)!;
            generation = CommitRecord.GenerationOf(state.Newest);
            medium.Locks.Pin(generation);
            try
            {
                if (CommitRecord.GenerationOf(StateSelection.Choose(medium, identity, new StrictChecker())!.Newest) == generation)
                {
                    return state;
                }
            }
            catch
            {
                medium.Locks.Unpin(generation);
                throw;
            }

            medium.Locks.Unpin(generation);
        }
    }

    private static CartridgeFile OpenWriter(IMedium medium, OpenOptions options)
    {
        var checker = new StrictChecker();
        var identity = Identity.Read(medium, checker)!;
        if (identity.IsEncrypted && options.Key is null)
        {
            throw new CartridgeException(ErrorCode.MissingKey, "The container is encrypted; without its key it can only be looked at.");
        }

        LockWriter(medium, options.LockTimeout);
        ContainerKeys? keys = null;
        try
        {
            var state = StateSelection.Choose(medium, identity, checker)!;
            var (record, map) = ReadState(state, identity, medium, checker);
            if (record.ReadOnlyCompatibleFeatures != 0)
            {
                throw new CartridgeException(ErrorCode.ReadOnly, $"The container has features ({record.ReadOnlyCompatibleFeatures:x}) that this edition can read but not write.");
            }

            // Nothing is written, not even again, that somebody without the key may have made (CART-ENC-102).
            keys = Unlock(state, identity, options, checker);
            var space = new SpaceLedger(medium, record.TotalBlocks, record.GrowthCap);
            // Pins are asked for under the lock, before anything is allocated (CART-LIF-102).
            space.Load(LoadMap(record, map, state, identity, medium, keys, checker));
            var draft = new Draft(record, new PagePool(medium, identity, new ContentCoder(options.Codecs, keys), options.CacheBytes), space);
            var pins = new PinTable();
            var publisher = new Publisher(draft, pins, options.Clock ?? Clock.Now);
            publisher.Mature();
            publisher.Confirm(state.Newest, state.NewestPage);
            if (state.Older is null)
            {
                // "A writer that finds one of the two records not verifying MUST publish an empty commit before any other."
                // (CART-COM-102)
                publisher.Publish();
            }

            return new CartridgeFile(draft, publisher, pins, options, checker.Lesser);
        }
        catch
        {
            keys?.Dispose();
            medium.Locks.UnlockWriter();
            throw;
        }
    }

    /// <summary>Reads all of a state that hangs on its record alone.</summary>
    private static (CommitRecord Record, FreeMap Map) ReadState(StateSelection state, Identity identity, IMedium medium, StrictChecker checker)
    {
        var record = CommitRecord.Read(state.Newest, state.NewestPage, identity, medium.Length, checker)!;
        var map = FreeMap.Read(record, identity.ContentChecksum, checker);
        Tree.CheckLevel(record.Catalog, new Place(state.NewestPage, CommitFieldLocations.CatalogTree), checker);
        Tree.CheckLevel(record.Content, new Place(state.NewestPage, CommitFieldLocations.ContentTree), checker);
        Tree.CheckLevel(record.System, new Place(state.NewestPage, CommitFieldLocations.SystemTree), checker);
        return (record, map);
    }

    /// <summary>Gets the container's keys with the user's, and proves the state with them. Decryption trusts nothing that is stored.</summary>
    /// <returns>The keys, null where no key was given.</returns>
    private static ContainerKeys? Unlock(StateSelection state, Identity identity, OpenOptions options, StrictChecker checker)
    {
        if (options.Key is null || !identity.IsEncryptedFor(options.Key, checker))
        {
            return null;
        }

        var keys = CommitRecord.Unlock(state.Newest, state.NewestPage, identity, options.Key, options.Random, checker)!;
        try
        {
            _ = CommitRecord.IsAuthentic(state.Newest, state.NewestPage, keys, checker);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    // The map is checked before anything is allocated from it (CART-SPC-102).
    private static IReadOnlyList<FreeExtent> LoadMap(CommitRecord record, FreeMap map, StateSelection state, Identity identity, IMedium medium, ContainerKeys? keys, StrictChecker checker)
    {
        if (map.Load(medium, record, checker) is not { } extents)
        {
            return Reachability.Rebuild(record, OlderState(state, identity, medium, keys), identity, medium);
        }

        var listed = extents.Aggregate(0UL, (sum, extent) => sum + extent.Length);
        _ = listed == record.FreeBlocks
            || checker.Fault(SpaceRule.MapSum, new Place(state.NewestPage, CommitFieldLocations.FreeBlocks), $"{record.FreeBlocks} free blocks, yet the map lists {listed}");
        return extents;
    }

    private static CommitRecord? OlderState(StateSelection state, Identity identity, IMedium medium, ContainerKeys? keys)
    {
        try
        {
            return state.Older is null || (keys is not null && !CommitRecord.IsAuthentic(state.Older, state.OlderPage, keys, new StrictChecker())) ? null : CommitRecord.Read(state.Older, state.OlderPage, identity, medium.Length, new StrictChecker());
        }
        catch (CartridgeException)
        {
            return null;
        }
    }

    private static void LockWriter(IMedium medium, TimeSpan timeout)
    {
        var waited = Stopwatch.StartNew();
        while (!medium.Locks.TryLockWriter())
        {
            if (waited.Elapsed >= timeout)
            {
                throw new CartridgeException(ErrorCode.Busy, $"Another writer has the container {medium}.");
            }

            Thread.Sleep(LockPause);
        }
    }
}
