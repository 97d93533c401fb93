using System.Runtime.InteropServices;

namespace Cartridge.Reference;

/// <summary>A node that a scan found.</summary>
/// <param name="Prefix">The container that it says it belongs to.</param>
/// <param name="Page">Where it stands.</param>
/// <param name="Birth">Its birth.</param>
/// <param name="Type">Its type.</param>
/// <param name="Level">Its level.</param>
internal readonly record struct FoundNode(ulong Prefix, uint Page, ulong Birth, PageType Type, byte Level);

/// <summary>
/// Finds all tree nodes of a file, whatever refers to them: metadata pages prove themselves. A page that stands elsewhere than
/// it says, as one of a container that is stored in a container does, is none. It keeps 32 bytes for each node.
/// </summary>
internal sealed class PageScan
{
    private const int PagesPerRead = 256;

    private readonly List<FoundNode> _nodes = [];
    private readonly Dictionary<ulong, int> _counts = [];

    public PageScan(IMedium medium)
    {
        var pages = Math.Min((medium.Length + Format.PageSize - 1) / Format.PageSize, uint.MaxValue);
        var buffer = new byte[PagesPerRead * Format.PageSize];
        for (var first = 0L; first < pages; first += PagesPerRead)
        {
            var count = (int)Math.Min(PagesPerRead, pages - first);
            Pages.ReadRaw(medium, (ulong)first, buffer.AsSpan(0, count * Format.PageSize));
            for (var i = 0; i < count; i++)
            {
                Look(buffer.AsSpan(i * Format.PageSize, Format.PageSize), first + i);
            }
        }
    }

    /// <summary>How many nodes there are of a container.</summary>
    public int CountOf(ulong prefix) => _counts.GetValueOrDefault(prefix);

    /// <summary>The container with the most nodes, the smallest prefix among equals; null if there is no node at all.</summary>
    public ulong? MostFrequent => _counts.Count == 0 ? null : _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;

    /// <summary>The nodes of one tree type of a container, the youngest first, of one commit the highest first.</summary>
    public List<FoundNode> NodesOf(ulong prefix, PageType type)
    {
        var nodes = _nodes.Where(node => node.Prefix == prefix && node.Type == type).ToList();
        nodes.Sort((a, b) => b.Birth != a.Birth ? b.Birth.CompareTo(a.Birth) : b.Level != a.Level ? b.Level.CompareTo(a.Level) : a.Page.CompareTo(b.Page));
        return nodes;
    }

    private void Look(ReadOnlySpan<byte> page, long number)
    {
        // The cheap conditions first: most pages are content.
        var type = page[PageHeaderFieldLocations.Type];
        if (number < Format.FirstFreeBlock || type is < (byte)PageType.CatalogNode or > (byte)PageType.SystemNode || page[PageHeaderFieldLocations.TypeAgain] != type)
        {
            return;
        }

        var header = PageHeader.Read(page);
        if (header.PageNumber != (ulong)number || !PageHeader.ComputeHash(page).Equals(header.Hash))
        {
            return;
        }

        _nodes.Add(new FoundNode(header.ContainerPrefix, (uint)number, header.Birth, (PageType)type, page[NodeFieldLocations.Level]));
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, header.ContainerPrefix, out _)++;
    }
}
