using System.Runtime.InteropServices;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// Puts right every hash and checksum that a change to a container has broken, from the leaves up to both records: what was
/// changed then gets past the hashes, and the checks behind them have to stand alone. It follows the container as it is now,
/// as far as it can be taken apart.
/// </summary>
public sealed class Mender
{
    private readonly byte[] _container;
    private readonly HashSet<ulong> _mended = [];
    private readonly ContentChecksum _checksum;
    private readonly bool _blobsToo;
    private bool _hmacToo;

    private Mender(byte[] container, bool blobsToo)
    {
        _container = container;
        _blobsToo = blobsToo;
        _checksum = (ContentChecksum)container[IdentityFieldLocations.ContentChecksum];
    }

    /// <summary>Mends a container in place; one of fewer than three pages stays as it is.</summary>
    /// <param name="container">The container.</param>
    /// <param name="blobsToo">Whether the checksums of blobs are put right as well as the hashes of pages.</param>
    /// <param name="hmacToo">Whether the HMACs of encrypted specimens are put right: what nobody can do without the key.</param>
    public static void Mend(byte[] container, bool blobsToo = true, bool hmacToo = false)
    {
        ArgumentNullException.ThrowIfNull(container);
        if (container.Length >= Format.FixedBlocks * Format.PageSize)
        {
            var mender = new Mender(container, blobsToo) { _hmacToo = hmacToo && Specimens.IsEncrypted(container) };
            mender.MendIdentity();
            mender.MendRecord(1);
            mender.MendRecord(2);
        }
    }

    private void MendIdentity()
    {
        var page = _container.AsSpan(0, Format.PageSize);
        Hash256.Of(page[..IdentityFieldLocations.Hash]).CopyTo(page[IdentityFieldLocations.Hash..]);
    }

    private void MendRecord(ulong number)
    {
        var page = PageAt(number)!.Value.Span;
        MendTree(page[CommitFieldLocations.CatalogTree..], PageType.CatalogNode);
        MendTree(page[CommitFieldLocations.ContentTree..], PageType.ContentNode);
        MendTree(page[CommitFieldLocations.SystemTree..], PageType.SystemNode);
        if (page[CommitFieldLocations.FreeMapKind] == (byte)FreeMapKind.Blob)
        {
            MendBlob(page[CommitFieldLocations.FreeMap..], ContentChecksum.Sha256);
        }

        Hash256.Of(_container.AsSpan(0, Format.PageSize)).CopyTo(page[CommitFieldLocations.IdentityHash..]);
        if (_hmacToo)
        {
            using var keys = Specimens.Keys();
            CommitRecord.Authenticate(page, keys, page.Slice(CommitFieldLocations.Hmac, CommitFieldLengths.Hmac));
        }

        PageHeader.ComputeHash(page).CopyTo(page[PageHeaderFieldLocations.Hash..]);
    }

    private void MendTree(Span<byte> reference, PageType type)
    {
        var level = reference[PageReference.Length + sizeof(ulong)];
        if (level <= Format.MaxLevel)
        {
            MendReference(reference, type, level);
        }
    }

    /// <summary>Mends the node behind a reference, and then the hash in the reference.</summary>
    private void MendReference(Span<byte> bytes, PageType type, byte level)
    {
        var fields = new FieldReader(bytes);
        var reference = PageReference.Read(ref fields);
        if (reference.Page < Format.FirstFreeBlock || PageAt(reference.Page) is not { } page)
        {
            return;
        }

        if (_mended.Add(reference.Page))
        {
            MendNode(page, reference, type, level);
        }

        page.Span.Slice(PageHeaderFieldLocations.Hash, PageHeaderFieldLengths.Hash).CopyTo(bytes[(PageReference.Length - Format.HashLength)..]);
    }

    private void MendNode(Memory<byte> page, in PageReference reference, PageType type, byte level)
    {
        var place = new NodePlace(reference, type, level, new Bounds((ulong)Format.MaxBlocks, _checksum), default);
        if (TreeNode.Read(page, place, SilentChecker.Lenient) is { } node)
        {
            MendChildren(page.Span, node, type);
            MendValues(node, type);
        }

        PageHeader.ComputeHash(page.Span).CopyTo(page.Span[PageHeaderFieldLocations.Hash..]);
    }

    private void MendChildren(Span<byte> page, TreeNode node, PageType type)
    {
        for (var i = 0; i < node.Children.Length; i++)
        {
            var offset = i == 0 ? NodeFieldLocations.FirstChild : ChildOffset(page, node.Offsets[i - 1]);
            if (offset + PageReference.Length <= page.Length)
            {
                MendReference(page[offset..], type, (byte)(node.Level - 1));
            }
        }
    }

    private static int ChildOffset(ReadOnlySpan<byte> page, int cell) =>
        cell + sizeof(ushort) <= page.Length ? cell + sizeof(ushort) + MemoryMarshal.Read<ushort>(page[cell..]) : page.Length;

    private void MendValues(TreeNode node, PageType type)
    {
        if (type == PageType.SystemNode)
        {
            foreach (var snapshot in node.Values.Where(value => value.Bytes.Length >= SnapshotFieldLocations.Name))
            {
                var record = MemoryMarshal.AsMemory(snapshot.Bytes).Span;
                MendTree(record[SnapshotFieldLocations.CatalogTree..], PageType.CatalogNode);
                MendTree(record[SnapshotFieldLocations.ContentTree..], PageType.ContentNode);
            }

            return;
        }

        foreach (var value in node.Values.Where(value => value.IsLong || type == PageType.ContentNode))
        {
            MendBlob(MemoryMarshal.AsMemory(value.Bytes).Span, type == PageType.ContentNode ? _checksum : ContentChecksum.Sha256);
        }
    }

    private void MendBlob(Span<byte> reference, ContentChecksum checksum)
    {
        var place = new BlobPlace(new Bounds((ulong)Format.MaxBlocks, checksum), int.MaxValue, ulong.MaxValue, checksum);
        if (!_blobsToo || reference.Length < BlobReference.FixedLength
            || BlobReference.Read(reference, place, default, SilentChecker.Lenient) is not { } blob)
        {
            return;
        }

        var stored = new byte[Math.Min(blob.StoredLength, Format.MaxLongValue)];
        for (var filled = 0; filled < stored.Length && blob.PlaceOf(filled) is { Page: { } page }; filled += Format.PageSize)
        {
            var bytes = PageAt((ulong)page) is { } found ? found.Span : [];
            bytes[..Math.Min(bytes.Length, stored.Length - filled)].CopyTo(stored.AsSpan(filled));
        }

        Checksums.Compute(checksum, stored).CopyTo(reference[(BlobReference.FixedLength - 2 - Format.HashLength)..]);
    }

    private Memory<byte>? PageAt(ulong page) =>
        page < (ulong)(_container.Length / Format.PageSize) ? _container.AsMemory((int)page * Format.PageSize, Format.PageSize) : default(Memory<byte>?);
}
