using Cartridge.Formats.Generated;
using Cartridge.Formats.Walk;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkOne;

/// <summary>A file of format 1, its pages, and what page 0 says of them.</summary>
internal sealed class OneFile
{
    internal const int PageSize = 4096;
    internal const ulong FixedPages = 3;

    private readonly byte[] _bytes;

    private OneFile(byte[] bytes, Cartridge1.FileHeader header)
    {
        _bytes = bytes;
        Header = header;
    }

    internal Cartridge1.FileHeader Header { get; }

    /// <summary>How many whole pages the file has.</summary>
    private ulong Pages => (ulong)(_bytes.Length / PageSize);

    /// <summary>How many of the blocks that are counted on the file holds.</summary>
    internal ulong Blocks => Math.Min(Pages, Header.TotalBlocks);

    /// <summary>Opens a file. What a file that is too short lacks of page 0 counts as zero, so that a file that is something else is named so.</summary>
    internal static OneFile Open(byte[] bytes)
    {
        byte[] first = new byte[PageSize];
        bytes.AsSpan(0, Math.Min(PageSize, bytes.Length)).CopyTo(first);
        bool isShort = (ulong)(bytes.Length / PageSize) < FixedPages;
        try
        {
            Cartridge1.FileHeader header = Parse(0, "CART-ONE-004", "container.truncated", () => new Cartridge1.FileHeader(new KaitaiStream(first)));
            Require(!isShort, "CART-ONE-004", "container.truncated", null, $"{bytes.Length} bytes");
            return new OneFile(bytes, header);
        }
        catch (WalkException later) when (isShort && later.Requirement == "CART-ONE-005")
        {
            // The description takes the whole page for granted; of a file that is cut, its counts say nothing.
            throw new WalkException("CART-ONE-004", "container.truncated", null, $"{bytes.Length} bytes", later);
        }
    }

    /// <summary>What only matters to somebody who wants to know whether page 0 is right.</summary>
    internal void VerifyHeader()
    {
        Require(Header.CatalogPage == 1, "CART-ONE-006", "page.out-of-range", 0, $"the catalog is said to be on page {Header.CatalogPage}");
        bool areFuses = Header is { VersioningFuse: <= 1, AclFuse: <= 2, EncryptionFuse: <= 2 };
        Require(areFuses, "CART-ONE-007", "page.out-of-range", 0, $"fuses {Header.VersioningFuse}, {Header.AclFuse}, {Header.EncryptionFuse}");
        Require(IsZero(Header.Reserved), "CART-ONE-008", "page.reserved-nonzero", 0, $"bytes behind the fields of page 0");
        Require(Header.TotalBlocks <= Pages, "CART-ONE-009", "container.truncated", null, $"{Pages} of {Header.TotalBlocks} pages");
    }

    /// <summary>Whether something may stand in a block: it is counted on, the file holds it, and it is none of the fixed pages.</summary>
    internal bool Holds(ulong block) => block >= FixedPages && block < Blocks;

    /// <summary>A page that the file holds.</summary>
    internal ReadOnlySpan<byte> Page(ulong number) => _bytes.AsSpan((int)number * PageSize, PageSize);

    /// <summary>As <see cref="Check.Parse"/>, for the description of format 1.</summary>
    internal static T Parse<T>(ulong? page, string requirement, string code, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (ValidationFailedError error) when (Cartridge1Faults.Find(error.SrcPath) is { } fault)
        {
            throw new WalkException(fault.Requirement, fault.Fault, page, $"{fault.Field}, {error.Message}", error);
        }
        catch (KaitaiStructError error)
        {
            throw new WalkException(requirement, code, page, error.Message, error);
        }
    }
}
