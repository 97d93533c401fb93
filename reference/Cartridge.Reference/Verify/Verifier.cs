using System.Collections.Immutable;

namespace Cartridge.Reference;

/// <summary>
/// Performs every check of the format on a container and reports all that fail. Whatever the bytes, the answer is a list of
/// findings; only what the system refuses arrives as an exception.
/// </summary>
/// <remarks>
/// It goes from the top down: identity, records, free map, catalog, content, space, and last the older state. What hangs on
/// something damaged is not judged, so one fault is one finding. Content is read once, and of snapshots only what they do not
/// share. In memory it keeps one bit for each block of the file that is in use and 32 bytes for each file of the catalog (twice
/// that while the table grows); with snapshots another bit, and 30 bytes for each node; beside that, one node for each level,
/// one blob and the findings.
/// </remarks>
public sealed class Verifier
{
    private readonly IMedium _medium;
    private readonly VerifyOptions _options;
    private readonly Collector _c;
    private readonly VerifyStatistics _statistics = new();
    private JudgedState? _newest;
    private ContentCoder _coder = ContentCoder.Plain;
    private SnapshotRecord? _snapshot;
    private ulong? _pinned;

    private Verifier(IMedium medium, VerifyOptions options)
    {
        _medium = medium;
        _options = options;
        _c = new Collector(options.SwitchedOff, options.MaxFindings);
    }

    /// <summary>All checks, chapter by chapter: the ids of their requirements and the codes under which they report.</summary>
    public static IReadOnlyList<KeyValuePair<string, ErrorCode>> Requirements { get; } =
        Rules.All.Select(rule => KeyValuePair.Create(rule.Id, rule.Code)).ToImmutableArray();

    /// <summary>Verifies a container.</summary>
    /// <param name="medium">The container; it is only read.</param>
    /// <param name="options">How; null for <see cref="VerifyOptions.Default"/>.</param>
    /// <exception cref="IOException">The system refused to read.</exception>
    public static VerifyReport Verify(IMedium medium, VerifyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(medium);
        return new Verifier(medium, options ?? VerifyOptions.Default).Run();
    }

    /// <summary>Verifies a container in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; null for <see cref="VerifyOptions.Default"/>.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>api.access-denied</c>: the file cannot be opened.</exception>
    /// <exception cref="IOException">The system refused to read.</exception>
    public static VerifyReport Verify(string path, VerifyOptions? options = null)
    {
        using var medium = FileMedium.Open(path, readOnly: true);
        return Verify(medium, options);
    }

    private VerifyReport Run()
    {
        try
        {
            Judge();
        }
        catch (Collector.EnoughException)
        {
            // The last finding says so.
        }
        finally
        {
            _coder.Keys?.Dispose();
            Unpin();
        }

        if (_newest is not null)
        {
            _statistics.TotalBlocks = _newest.Record.TotalBlocks;
            _statistics.ReachedBlocks = _newest.Owners.Reached.CountIn(Format.FirstFreeBlock, _newest.Record.TotalBlocks);
        }

        return new VerifyReport(_c.Findings, _statistics, _newest?.Identity, Judged(), _options.CollectOwners ? _newest?.Owners : null);
    }

    /// <summary>What was judged: the snapshot that was asked for, or the newest state.</summary>
    private (ulong Generation, Hash256 Hash)? Judged()
    {
        if (_newest is null)
        {
            return null;
        }

        return _options.Snapshot is null ? (_newest.Record.Generation, _newest.Record.Hash)
            : _snapshot is { } snapshot ? (snapshot.Generation, snapshot.StateHash(_newest.Identity)) : null;
    }

    private void Judge()
    {
        if (Identity.Read(_medium, _c) is not { } identity
            || PinStates(identity) is not { } selection
            || CommitRecord.Read(selection.Newest, selection.NewestPage, identity, _medium.Length, _c) is not { } record)
        {
            return;
        }

        _coder = new ContentCoder(_options.Codecs, Unlock(identity, selection));
        _newest = new JudgedState(_medium, identity, record, new Ownership(_options.CollectOwners), _c) { Coder = _coder };
        if (_options.Snapshot is { } name)
        {
            JudgeSnapshot(_newest, name, selection.Newest);
            return;
        }

        var map = LoadMap(_newest);
        var system = new SystemWalk(_newest);
        system.Run(record.System, CommitFieldLocations.SystemTree, selection.Newest);
        system.JudgeTogether();
        _statistics.Snapshots = system.Snapshots.Count;
        var homes = _newest.Owners.Copy();
        WalkTrees(_newest, selection.Newest);
        WalkSnapshots(_newest, system, homes);
        if (map is not null)
        {
            SpaceCheck.WithMap(_newest, map, _c);
        }
        else if (record.FreeMapField.Kind is not (FreeMapKind.Inline or FreeMapKind.Blob))
        {
            SpaceCheck.WithoutMap(_newest, _c);
        }

        if (selection.Older is not null)
        {
            JudgeOlder(_newest, selection, map);
        }
    }

    /// <summary>Gets the container's keys, where one was given that opens it, and proves with them whose the record is.</summary>
    private ContainerKeys? Unlock(Identity identity, StateSelection selection)
    {
        if (_options.Key is not { } key)
        {
            return null;
        }

        if (!identity.IsEncryptedFor(key, _c) || CommitRecord.Unlock(selection.Newest, selection.NewestPage, identity, key, StrongRandom.Fill, _c) is not { } keys)
        {
            return null;
        }

        _ = CommitRecord.IsAuthentic(selection.Newest, selection.NewestPage, keys, _c);
        return keys;
    }

    /// <summary>Walks what each snapshot has beyond its parent, parents first, and the current state last.</summary>
    private static void WalkSnapshots(JudgedState state, SystemWalk system, Ownership homes)
    {
        if (!state.HasSnapshots)
        {
            return;
        }

        var (record, nodes) = (state.Record, new QuietNodes(state));
        var current = TreePair.Of(record);
        foreach (var (snapshot, _, at) in system.Snapshots)
        {
            var owner = $"snapshot:{snapshot.Id}";
            var parent = snapshot.Parent < snapshot.Id ? PairOf(snapshot.Parent) : null;
            var own = TreePair.Of(snapshot);
            Walk(PageType.CatalogNode, snapshot.Catalog, at.Field(SnapshotFieldLocations.CatalogTree), owner, own, parent);
            Walk(PageType.ContentNode, snapshot.Content, at.Field(SnapshotFieldLocations.ContentTree), owner, own, parent);
        }

        var page = new Place(CommitRecord.PageOf(record.Generation));
        Walk(PageType.CatalogNode, record.Catalog, page with { Offset = CommitFieldLocations.CatalogTree }, null, current, PairOf(record.BaseSnapshot));
        Walk(PageType.ContentNode, record.Content, page with { Offset = CommitFieldLocations.ContentTree }, null, current, PairOf(record.BaseSnapshot));

        TreePair? PairOf(ulong id) => id == 0 ? TreePair.None
            : system.Find(id) is { } found ? TreePair.Of(found) : null;

        void Walk(PageType type, in TreeReference tree, Place at, string? owner, TreePair own, TreePair? parent)
        {
            if (parent is null)
            {
                state.Lose(); // It was reported that there is none; whose the blocks are nobody can say.
            }
            else if (!tree.IsEmpty && tree.Level <= Format.MaxLevel)
            {
                new SnapshotWalk(state, type, owner ?? "the current state", own, parent, current, homes, nodes, owner is null).Run(tree, at);
            }
        }
    }

    /// <summary>Verifies one snapshot as if it were the current state.</summary>
    private void JudgeSnapshot(JudgedState state, string name, byte[] record)
    {
        var bytes = SnapshotName.Encode(name);
        var system = new SystemWalk(state);
        system.Run(state.Record.System, CommitFieldLocations.SystemTree, record);
        var found = system.Snapshots.Find(found => !found.Record.IsHidden && found.Record.Name.AsSpan().SequenceEqual(bytes));
        var snapshot = found.Record
            ?? (system.IsWhole ? throw new CartridgeException(ErrorCode.NotFound, $"There is no snapshot {Text.Display(bytes)} in the container.") : null);
        if (snapshot is null)
        {
            return; // It was said why it cannot be found.
        }

        _snapshot = snapshot;
        var seen = state.Record with { Catalog = snapshot.Catalog, Content = snapshot.Content, NextFileId = snapshot.NextFileId };
        _newest = state with { Record = seen };
        var catalog = new CatalogWalk(_newest, _statistics);
        RunIfAny(catalog, snapshot.Catalog, found.ValuePlace.Field(SnapshotFieldLocations.CatalogTree));
        catalog.Files.Sort(_c);
        var content = new ContentWalk(_newest, catalog, _statistics, _options);
        RunIfAny(content, snapshot.Content, found.ValuePlace.Field(SnapshotFieldLocations.ContentTree));
        content.Finish();
    }

    private static void RunIfAny(TreeWalk walk, in TreeReference tree, Place at)
    {
        if (!tree.IsEmpty)
        {
            walk.Run(tree, at);
        }
    }

    /// <summary>
    /// Chooses the state and keeps both states' blocks from being reused while they are looked at: a pin on the older one
    /// protects the newest too. A writer may have moved on between choosing and pinning; then all begins anew (CART-LIF-103).
    /// </summary>
    private StateSelection? PinStates(Identity identity)
    {
        while (true)
        {
            var (found, records) = (_c.Findings.Count, ReadRecords());
            if (StateSelection.Choose(_medium, identity, _c) is not { } selection)
            {
                return null;
            }

            var pinned = CommitRecord.GenerationOf(selection.Older ?? selection.Newest);
            _medium.Locks.Pin(pinned);
            _pinned = pinned;
            if (ReadRecords().AsSpan().SequenceEqual(records))
            {
                return selection;
            }

            Unpin();
            _c.Forget(found);
        }
    }

    private byte[] ReadRecords()
    {
        var records = new byte[2 * Format.PageSize];
        Pages.ReadRaw(_medium, 1, records);
        return records;
    }

    private void Unpin()
    {
        if (_pinned is { } pinned)
        {
            _medium.Locks.Unpin(pinned);
            _pinned = null;
        }
    }

    /// <summary>The map of the newest state, if it has one that can be believed.</summary>
    private IReadOnlyList<FreeExtent>? LoadMap(JudgedState state)
    {
        _c.Subject = "free map";
        var before = _c.Findings.Count;
        var map = FreeMap.Read(state.Record, state.Identity.ContentChecksum, _c);
        if (map.Blob is { } blob && !state.Owners.Claim(blob, "map", _c))
        {
            state.Lose();
        }

        if (state.Record.FreeMapField.Kind == FreeMapKind.Blob && map.Blob is null)
        {
            state.Lose(); // Nobody knows which blocks it has.
        }

        var extents = map.Load(_medium, state.Record, _c);
        return _c.Findings.Count == before ? extents : null;
    }

    private void WalkTrees(JudgedState state, byte[] record)
    {
        var catalog = new CatalogWalk(state, _statistics);
        catalog.Run(state.Record.Catalog, CommitFieldLocations.CatalogTree, record);
        catalog.Files.Sort(_c);
        var content = new ContentWalk(state, catalog, _statistics, _options);
        content.Run(state.Record.Content, CommitFieldLocations.ContentTree, record);
        content.Finish();
    }

    // What is wrong with the older state is a warning (CART-COM-118).
    private void JudgeOlder(JudgedState newest, StateSelection selection, IReadOnlyList<FreeExtent>? map)
    {
        _c.Gravest = Severity.Warning;
        _c.Subject = null;
        var before = _c.Findings.Count;
        if (CommitRecord.Read(selection.Older!, selection.OlderPage, newest.Identity, _medium.Length, _c) is not { } record)
        {
            return;
        }

        if (_coder.Keys is { } keys)
        {
            _ = CommitRecord.IsAuthentic(selection.Older!, selection.OlderPage, keys, _c);
        }

        var older = new JudgedState(_medium, newest.Identity, record, new Ownership(collectOwners: false), _c);
        new OlderWalk(older, newest, PageType.CatalogNode, "catalog tree of the older state").Run(record.Catalog, CommitFieldLocations.CatalogTree, selection.Older);
        new OlderWalk(older, newest, PageType.ContentNode, "content tree of the older state").Run(record.Content, CommitFieldLocations.ContentTree, selection.Older);
        new OlderWalk(older, newest, PageType.SystemNode, "system tree of the older state").Run(record.System, CommitFieldLocations.SystemTree, selection.Older);
        if (FreeMap.Read(record, newest.Identity.ContentChecksum, _c).Blob is { } blob)
        {
            OlderWalk.ClaimWhatIsNotShared(blob, older, newest);
        }

        // "This is judged only if both records verify and nothing is wrong with the older state."
        _c.Gravest = Severity.Error;
        if (map is not null && newest.IsWhole && older.IsWhole && _c.Findings.Count == before)
        {
            SpaceCheck.OlderState(newest.Record, map, older.Owners.Reached, _c);
        }
    }
}
