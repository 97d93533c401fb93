namespace Cartridge.Reference;

/// <summary>What is known of a broken container before its trees are looked at: whose pages count, and which record leads.</summary>
internal sealed class SalvageSource
{
    private static readonly int[] RecordPages = [1, 2];

    private SalvageSource(IMedium medium, Identity? identity, ContainerId container, (int Number, byte[] Page)? record, PageScan? scan)
    {
        Identity = identity;
        Container = container;
        Scan = scan;
        if (record is not { } found)
        {
            return;
        }

        // Who has lost the identity page learns from the record whether there was encryption: only then is there an HMAC.
        var isEncrypted = identity?.IsEncrypted ?? !Zero.All(found.Page.AsSpan(CommitFieldLocations.Hmac, CommitFieldLengths.Hmac));
        RecordIdentity = identity ?? Stranger(container, isEncrypted);
        var c = new SalvageChecker();
        var read = CommitRecord.Read(found.Page, found.Number, RecordIdentity, medium.Length, c);
        if (!c.HasFault && read is not null)
        {
            (Record, RecordPage, RecordNumber) = (read, found.Page, found.Number);
        }
    }

    /// <summary>The identity page; null if it is not whole.</summary>
    public Identity? Identity { get; }

    /// <summary>The container whose pages count. Where only nodes are left, half of it is known, which is all that nodes say.</summary>
    public ContainerId Container { get; }

    /// <summary>The newest record that is whole; null if there is none.</summary>
    public CommitRecord? Record { get; }

    /// <summary>The identity that the record was read with.</summary>
    public Identity? RecordIdentity { get; }

    public byte[]? RecordPage { get; }

    public int RecordNumber { get; }

    /// <summary>
    /// Whether the other record does not verify. Then the record of the generation after this one may be what is gone: it is written
    /// only when all that it reaches is durable, so its nodes are the newest state.
    /// </summary>
    public bool MayBeSucceeded { get; private init; }

    /// <summary>The nodes of the file, if they had to be looked for already.</summary>
    public PageScan? Scan { get; }

    /// <summary>Finds out whose pages count (CART-SLV-102).</summary>
    /// <exception cref="CartridgeException"><c>container.no-valid-commit</c>: nothing of any container is left.</exception>
    public static SalvageSource Find(IMedium medium)
    {
        var c = new SalvageChecker();
        var identity = Identity.Read(medium, c);
        identity = c.HasFault ? null : identity;
        var records = RecordPages.Select(number => (Number: number, Page: ReadPage(medium, number))).ToList();
        if (identity is not null && Newest(records, identity) is { } own)
        {
            return new SalvageSource(medium, identity, identity.Id, own, null) { MayBeSucceeded = !BothVerify(records, identity) };
        }

        // No record is this identity's, or there is no identity: the nodes decide, and a record that belongs to them.
        var scan = new PageScan(medium);
        if (identity is not null && scan.CountOf(identity.Id.Prefix) > 0)
        {
            return new SalvageSource(medium, identity, identity.Id, null, scan);
        }

        var stranger = records.Select(record => Stranger(IdIn(record.Page), isEncrypted: false))
            .Where(candidate => Newest(records, candidate) is not null)
            .OrderByDescending(candidate => scan.CountOf(candidate.Id.Prefix))
            .ThenByDescending(candidate => CommitRecord.GenerationOf(Newest(records, candidate)!.Value.Page))
            .FirstOrDefault();
        if (stranger is not null)
        {
            return new SalvageSource(medium, null, stranger.Id, Newest(records, stranger), scan) { MayBeSucceeded = !BothVerify(records, stranger) };
        }

        if (scan.MostFrequent is not { } prefix)
        {
            throw new CartridgeException(ErrorCode.NoValidCommit, "There is no commit record and no node of any container in this file.");
        }

        Span<byte> id = stackalloc byte[ContainerId.Length];
        id.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(id, prefix);
        return new SalvageSource(medium, null, new ContainerId(id), null, scan);
    }

    private static (int Number, byte[] Page)? Newest(IEnumerable<(int Number, byte[] Page)> records, Identity identity)
    {
        var valid = Verifying(records, identity);
        return valid.Count == 0 ? null : valid.MaxBy(record => CommitRecord.GenerationOf(record.Page));
    }

    private static bool BothVerify(IEnumerable<(int Number, byte[] Page)> records, Identity identity) => Verifying(records, identity).Count == 2;

    private static List<(int Number, byte[] Page)> Verifying(IEnumerable<(int Number, byte[] Page)> records, Identity identity)
    {
        var c = new SalvageChecker();
        return [.. records.Where(record => CommitRecord.Verifies(record.Page, record.Number, identity, Severity.Warning, c))];
    }

    private static ContainerId IdIn(byte[] record) =>
        new(record.AsSpan(CommitFieldLocations.ContainerId, CommitFieldLengths.ContainerId));

    private static Identity Stranger(ContainerId id, bool isEncrypted) =>
        new() { Id = id, Created = 0, ContentChecksum = ContentChecksum.Sha256, IsEncrypted = isEncrypted, Slug = [] };

    private static byte[] ReadPage(IMedium medium, int number)
    {
        var page = new byte[Format.PageSize];
        Pages.ReadRaw(medium, (ulong)number, page);
        return page;
    }
}
