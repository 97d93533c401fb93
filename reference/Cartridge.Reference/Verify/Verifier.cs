using System.Collections.Immutable;

namespace Cartridge.Reference;

/// <summary>
/// Performs every check of the format on a container and reports all that fail. Whatever the bytes, the answer is a list of
/// findings; only what the system refuses arrives as an exception.
/// </summary>
/// <remarks>
/// It goes from the top down: identity, records, free map, catalog, content, space, and last the older state. What hangs on
/// something damaged is not judged, so one fault is one finding. Each page is looked at once. In memory it keeps one bit for
/// each block of the file that is in use and 32 bytes for each file of the catalog (twice that while the table grows); beside
/// that, one node for each level, one blob and the findings.
/// </remarks>
public sealed class Verifier
{
    private readonly IMedium _medium;
    private readonly VerifyOptions _options;
    private readonly Collector _c;
    private readonly VerifyStatistics _statistics = new();
    private JudgedState? _newest;
    private ContentCoder _coder = ContentCoder.Plain;
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

        return new VerifyReport(_c.Findings, _statistics, _newest?.Identity, _newest?.Record, _options.CollectOwners ? _newest?.Owners : null);
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
        var map = LoadMap(_newest);
        WalkTrees(_newest, selection.Newest);
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
