using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>A commit record that verifies.</summary>
internal sealed class StateRecord
{
    private static readonly ulong[] CommitPages = [1, 2];

    private readonly byte[] _bytes;

    private StateRecord(ulong page, byte[] bytes, Cartridge3.CommitProof proof)
    {
        Page = page;
        _bytes = bytes;
        Proof = proof;
    }

    internal ulong Page { get; }

    internal Cartridge3.CommitProof Proof { get; }

    internal ulong Generation => Proof.Generation;

    /// <summary>Finds the record that carries the state, and beside it the other one where that verifies too.</summary>
    internal static (StateRecord Newest, StateRecord? Older) Choose(ContainerFile file, Identity identity)
    {
        StateRecord[] records =
        [
            .. CommitPages.Select(page => Verify(file, identity, page)).OfType<StateRecord>().OrderByDescending(record => record.Generation),
        ];
        Require(records.Length > 0, "CART-COM-010", "container.no-valid-commit", null,
            $"neither page 1 nor page 2 holds a record that verifies");
        if (records is not [var newest, var older])
        {
            return (records[0], null);
        }

        bool areNeighbours = newest.Generation - older.Generation == 1;
        Require(areNeighbours, "CART-COM-011", "container.no-valid-commit", null,
            $"generations {newest.Generation} and {older.Generation} both verify");
        return (newest, older);
    }

    /// <summary>Reads the whole record. All that is wrong from here on is a fault of the state, for which nobody falls back.</summary>
    internal Cartridge3.CommitRecord Read(ContainerFile file, Identity identity, WalkKey? key, out ContainerKeys? keys)
    {
        ReadOnlySpan<byte> identityHash = _bytes.AsSpan(96, 32);
        Require(identityHash.SequenceEqual(identity.PageHash), "CART-COM-012", "page.checksum-mismatch", Page,
            $"the identity hash is not that of page 0");
        Cartridge3.CommitRecord record = Parse(
            Page, "CART-BLB-001", "tree.bad-cell", () => new Cartridge3.CommitRecord(new KaitaiStream(_bytes)));

        keys = RecordProof.Check(_bytes, record, Page, identity, key);
        Require(record.TotalBlocks <= file.PageCount, "CART-COM-016", "container.truncated", Page,
            $"{record.TotalBlocks} pages are claimed, {file.PageCount} are there");
        Require(Utf8Text.IsValid(record.Title.Bytes), "CART-COM-025", "page.out-of-range", Page,
            $"the title is not UTF-8");
        bool countIsZero = record.FreeMapKind == Cartridge3.FreeMapKind.Inline || record.ExtentCount == 0;
        Require(countIsZero, "CART-COM-028", "page.reserved-nonzero", Page,
            $"{record.ExtentCount} extents are counted where none are inline");
        return record;
    }

    /// <summary>Whether a tree reference is all zero, as that of an empty tree is. Its reserved bytes are the parser's.</summary>
    internal static bool IsZeroReference(Cartridge3.TreeReference tree) =>
        tree.PageReference.Page == 0 && tree.PageReference.Birth == 0 && IsZero(tree.PageReference.Hash) && tree.EntryCount == 0 && tree.Level == 0;

    /// <summary>Whether a record verifies is no fault by itself: the last commit may have been torn.</summary>
    private static StateRecord? Verify(ContainerFile file, Identity identity, ulong page)
    {
        byte[] bytes = file.ReadPage(page);
        if (!SHA256.HashData(bytes.AsSpan(33)).AsSpan().SequenceEqual(bytes.AsSpan(1, 32)))
        {
            return null;
        }

        Cartridge3.CommitProof proof;
        try
        {
            proof = new Cartridge3.CommitProof(new KaitaiStream(bytes));
        }
        catch (KaitaiStructError)
        {
            return null;
        }

        bool verifies =
            proof.PageHeader.ContainerPrefix.AsSpan().SequenceEqual(identity.ContainerPrefix)
            && proof.PageHeader.PageNumber == page
            && proof.PageHeader.Birth == proof.Generation
            && proof.ContainerId.AsSpan().SequenceEqual(identity.Fields.ContainerId)
            && page == 1 + proof.Generation % 2;
        return verifies ? new StateRecord(page, bytes, proof) : null;
    }
}
