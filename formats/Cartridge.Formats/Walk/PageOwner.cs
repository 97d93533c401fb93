using Cartridge.Formats.Generated;

namespace Cartridge.Formats.Walk;

/// <summary>What a page is there for, in the words of the layout.</summary>
/// <param name="Use">The kind of use.</param>
/// <param name="Number">The level of a node or the number of a chunk.</param>
/// <param name="Path">The path that a value or a chunk belongs to.</param>
/// <param name="Snapshot">The snapshot whose page it is; 0 for a page of the current state.</param>
internal readonly record struct PageOwner(PageUse Use, ulong Number = 0, string Path = "", ulong Snapshot = 0)
{
    internal static PageOwner Node(Cartridge3.PageType tree, int level) => tree switch
    {
        Cartridge3.PageType.CatalogNode => new PageOwner(PageUse.CatalogNode, (ulong)level),
        Cartridge3.PageType.ContentNode => new PageOwner(PageUse.ContentNode, (ulong)level),
        _ => new PageOwner(PageUse.SystemNode, (ulong)level),
    };

    public override string ToString() => Snapshot != 0 ? $"snapshot:{Snapshot}" : Use switch
    {
        PageUse.Identity => "identity",
        PageUse.Commit => "commit",
        PageUse.CatalogNode => $"catalog/{Number}",
        PageUse.ContentNode => $"content/{Number}",
        PageUse.SystemNode => $"system/{Number}",
        PageUse.Map => "map",
        PageUse.LongValue => $"value:{Path}",
        PageUse.Chunk => $"chunk:{Path}#{Number}",
        _ => "free",
    };
}

/// <summary>The uses of a page.</summary>
internal enum PageUse
{
    Free,
    Identity,
    Commit,
    CatalogNode,
    ContentNode,
    SystemNode,
    Map,
    LongValue,
    Chunk,
}
