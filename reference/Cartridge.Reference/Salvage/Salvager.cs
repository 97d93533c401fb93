namespace Cartridge.Reference;

/// <summary>
/// Gets out of a broken container what can be proved, and puts it into a new one: whatever is left of identity, records and
/// trees (spec/15-salvage.md). The broken container is only read (CART-SLV-101).
/// </summary>
/// <remarks>
/// It follows the newest record as far as hashes lead. Only where something is missing does it look through the whole file for
/// nodes, and fills the gaps with the youngest. In memory it keeps 32 bytes for each node of the file, the first and last key of
/// each leaf, and for each file a number and 8 bytes if any path was found without proof.
/// </remarks>
public sealed class Salvager
{
    private const long MinSteps = 10_000_000;
    private const int StepsPerNode = 1000;

    private readonly IMedium _medium;
    private readonly SalvageOptions _options;
    private readonly SalvageReport _report = new();
    private readonly SalvageSource _source;
    private PageScan? _scan;

    private Salvager(IMedium medium, SalvageOptions options)
    {
        (_medium, _options) = (medium, options);
        _source = SalvageSource.Find(medium);
        _report.HasIdentity = _source.Identity is not null;
        _report.Generation = _source.Record?.Generation;
    }

    /// <summary>Salvages a container in a file.</summary>
    /// <param name="broken">The broken container; it is only read.</param>
    /// <param name="target">The new container; nothing may have that name yet. It is not made where nothing can be copied.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>api.exists</c>, <c>api.access-denied</c>;
    /// <c>container.no-valid-commit</c>: nothing of a container is left; <c>api.not-found</c>, <c>snapshot.bad-name</c>: there is no
    /// such snapshot; <c>crypto.wrong-key</c>, <c>crypto.auth-failed</c>,
    /// <c>crypto.downgraded</c>.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static SalvageReport Salvage(string broken, string target, SalvageOptions? options = null)
    {
        using var medium = FileMedium.Open(broken, readOnly: true);
        return Salvage(medium, target, options);
    }

    /// <summary>Salvages a container on any medium into a file, which gets its name when all that is left is in it, durably.</summary>
    /// <param name="broken">The broken container; it is only read.</param>
    /// <param name="target">The new container, as for files.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="CartridgeException">As for files.</exception>
    /// <exception cref="IOException">The system refused; there is no such file then.</exception>
    public static SalvageReport Salvage(IMedium broken, string target, SalvageOptions? options = null)
    {
        if (Path.Exists(target))
        {
            throw FileMedium.AlreadyThere(target);
        }

        string? temporary = null;
        try
        {
            var report = Salvage(broken, builder => builder.CreateUnpublished(target, out temporary), options);
            if (temporary is not null)
            {
                FileMedium.Publish(temporary, target);
            }

            return report;
        }
        catch
        {
            if (temporary is not null)
            {
                File.Delete(temporary);
            }

            throw;
        }
    }

    /// <summary>Salvages a container on any medium.</summary>
    /// <param name="broken">The broken container; it is only read.</param>
    /// <param name="create">Makes the new container, once it is known that there is something to put into it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="CartridgeException">As for files.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static SalvageReport Salvage(IMedium broken, Func<CartridgeBuilder, CartridgeFile> create, SalvageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(broken);
        ArgumentNullException.ThrowIfNull(create);
        return new Salvager(broken, options ?? new SalvageOptions()).Work(create);
    }

    private SalvageReport Work(Func<CartridgeBuilder, CartridgeFile> create)
    {
        var (catalogTree, contentTree) = Trees();
        var isSealed = _source.RecordIdentity?.IsEncrypted ?? _source.Identity?.IsEncrypted ?? LooksSealed(contentTree);
        using var keys = Unlock(isSealed);
        var content = new ContentSalvage(_medium, contentTree, new ContentCoder(_options.Codecs, keys), _source.Identity?.ContentChecksum, isSealed);
        _report.IsLocked = !content.CanDecode;
        _report.CatalogGaps = catalogTree.Cover.Gaps.Count;
        _report.WasCutShort |= catalogTree.WasCutShort || contentTree.WasCutShort;

        using var container = content.CanDecode ? create(Builder(isSealed, contentTree)) : null;
        using var target = container is null ? null : new SalvageTarget(container);
        var entries = new EntrySalvage(_medium, content, target, isSealed, _options, _report);
        entries.Copy(catalogTree);
        if (_report.CatalogGaps > 0)
        {
            entries.CopyNameless(contentTree);
        }

        target?.Commit();
        return _report;
    }

    /// <summary>What is left of both trees: what the record or the snapshot leads to, and in its gaps what a scan finds.</summary>
    private (TreeSalvage Catalog, TreeSalvage Content) Trees()
    {
        var (catalog, content, system) = (TreeOf(PageType.CatalogNode), TreeOf(PageType.ContentNode), TreeOf(PageType.SystemNode));
        if (_source.Record is { } record && !HasSuccessor(record.Generation + 1, PageType.SystemNode))
        {
            system.Follow(record.System);
        }

        FillGaps(system, PageType.SystemNode);
        _report.WasCutShort = system.WasCutShort;
        var snapshots = new SnapshotSalvage(system);
        _report.Snapshots = snapshots.Names;
        if (_options.Snapshot is { } name)
        {
            var (snapshot, isProven) = snapshots.Named(name);
            catalog.Follow(snapshot.Catalog, isProven ? null : snapshot.Generation);
            content.Follow(snapshot.Content, isProven ? null : snapshot.Generation);
            _report.Generation = snapshot.Generation;
        }
        else if (_source.Record is { } newest && !HasSuccessor(newest.Generation + 1, PageType.CatalogNode) && !HasSuccessor(newest.Generation + 1, PageType.ContentNode))
        {
            catalog.Follow(newest.Catalog);
            content.Follow(newest.Content);
        }

        FillGaps(catalog, PageType.CatalogNode);
        FillGaps(content, PageType.ContentNode);
        return (catalog, content);
    }

    private TreeSalvage TreeOf(PageType type)
    {
        // Work that does not end is the one thing that a file could still do to us.
        var maxSteps = MinSteps + (_medium.Length / Format.PageSize * StepsPerNode);
        return new TreeSalvage(_medium, _source.Container, type, maxSteps);
    }

    /// <summary>"A salvager MUST NOT use nodes that nothing refers to where nothing is missing." (CART-SLV-105)</summary>
    private void FillGaps(TreeSalvage tree, PageType type)
    {
        if (tree.Cover.Gaps.Count > 0)
        {
            tree.FillGaps(Scan().NodesOf(_source.Container.Prefix, type));
        }
    }

    private PageScan Scan() => _scan ??= _source.Scan ?? new PageScan(_medium);

    /// <summary>Whether there are nodes of the commit after the record's, so that a record of it is gone (CART-SLV-103).</summary>
    private bool HasSuccessor(ulong generation, PageType type) =>
        _source.MayBeSucceeded && Scan().NodesOf(_source.Container.Prefix, type).Exists(node => node.Birth == generation);

    private ContainerKeys? Unlock(bool isSealed)
    {
        if (_options.Key is not { } key)
        {
            return null;
        }

        if (!isSealed)
        {
            throw new CartridgeException(ErrorCode.Downgraded, "A key was given, and the container is not encrypted.");
        }

        if (_source is not { RecordPage: { } page, RecordIdentity: { } identity })
        {
            return null; // The slots are gone with both records, and with them the master key.
        }

        var c = new StrictChecker();
        var keys = CommitRecord.Unlock(page, _source.RecordNumber, identity, key, StrongRandom.Fill, c);
        if (keys is not null)
        {
            _ = CommitRecord.IsAuthentic(page, _source.RecordNumber, keys, c);
        }

        return keys;
    }

    private CartridgeBuilder Builder(bool isSealed, TreeSalvage contentTree)
    {
        var builder = new CartridgeBuilder()
            .Slug(_source.Identity is { } identity ? Text.Decode(identity.Slug) : _options.Slug)
            .Title(_source.Record is { } record ? Text.Decode(record.Title) : "")
            .Checksum(_source.Identity?.ContentChecksum ?? GuessChecksum(contentTree))
            .Codecs(_options.Codecs);
        builder = _options.Clock is null ? builder : builder.Clock(_options.Clock);
        return isSealed ? builder.Encrypt(_options.Key!) : builder;
    }

    /// <summary>Without an identity: what is no CRC-32C has other bytes behind the first four.</summary>
    private static ContentChecksum GuessChecksum(TreeSalvage contentTree) =>
        contentTree.Records().Select(record => record.Value.Bytes)
            .FirstOrDefault(value => value.Length >= BlobReference.FixedLength) is { Length: > 0 } first && Zero.All(first.Span[20..48])
            ? ContentChecksum.Crc32C
            : ContentChecksum.Sha256;

    /// <summary>Without identity and record: a reference to encrypted content is 40 bytes longer than its runs make it.</summary>
    private static bool LooksSealed(TreeSalvage contentTree) =>
        contentTree.Records().Select(record => record.Value.Bytes)
            .FirstOrDefault(value => value.Length >= BlobReference.FixedLength) is { Length: > 0 } first
        && first.Length == BlobReference.FixedLength + (first.Span[49] * Run.Length) + XaesGcm.SealLength;
}
