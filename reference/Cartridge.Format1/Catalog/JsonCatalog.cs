using System.Globalization;
using System.Text.Json;

namespace Cartridge.Format1;

/// <summary>The catalog as JSON, as versions before 0.2.7 write it: a tree whose nodes all stand in one page.</summary>
internal static class JsonCatalog
{
    private static ReadOnlySpan<byte> EntryStart => "{\"key\":"u8;

    /// <summary>Reads the entries of all leaves: of those that the root reaches in their order, then of the others.</summary>
    public static IReadOnlyList<Format1Entry> Read(PackedText text, Judge j)
    {
        using var document = JsonMembers.TryParse(text.Data, out var trouble);
        if (!(j.Skips(OneCatalogRule.Json) || document is not null
            || j.Fault(OneCatalogRule.Json, new(Layout.CatalogPage, 0), $"the catalog is not one whole JSON text: {Judge.Brief(trouble)}")))
        {
            return Salvage(text, j);
        }

        JsonElement? root = document?.RootElement;
        if (!(j.Skips(OneCatalogRule.Members) || document is null || (root.Number("root_page") is not null && root.Member("nodes", JsonValueKind.Object) is not null)
            || j.Fault(OneCatalogRule.Members, new(Layout.CatalogPage, 0), "the catalog has no root_page, or no nodes")))
        {
            return Salvage(text, j);
        }

        _ = j.Skips(OneCatalogRule.Members) || document is null || root.Number("next_page_id") is not null
            || j.Fault(OneCatalogRule.Members, new(Layout.CatalogPage, 0), "the catalog has no next_page_id");

        Dictionary<ulong, CatalogNode> nodes = [];
        foreach (var member in root.Member("nodes", JsonValueKind.Object)?.EnumerateObject() ?? default)
        {
            if (CatalogNode.Read(member, j) is { } node)
            {
                nodes.TryAdd(node.Key, node);
            }
        }

        List<Format1Entry> entries = [];
        var reached = Walk(nodes, root.Number("root_page") ?? 0, entries, j);
        FollowLeaves(nodes, j);
        foreach (var node in nodes.Values.Where(node => !reached.Contains(node.Key)).OrderBy(node => node.Key))
        {
            _ = j.Skips(OneCatalogRule.Unreachable) || j.Fault(OneCatalogRule.Unreachable, new(Layout.CatalogPage), $"node {node.Key} is not reached from the root");
            entries.AddRange(node.Entries);
        }

        return entries;
    }

    /// <summary>Goes through the tree from its root, children in order, each node once however often it is named.</summary>
    private static HashSet<ulong> Walk(Dictionary<ulong, CatalogNode> nodes, ulong root, List<Format1Entry> entries, Judge j)
    {
        HashSet<ulong> reached = [];
        Stack<ulong> open = new([root]);
        while (open.TryPop(out var id))
        {
            if (!nodes.TryGetValue(id, out var node))
            {
                _ = j.Skips(OneCatalogRule.Dangling) || j.Fault(OneCatalogRule.Dangling, new(Layout.CatalogPage), $"node {id} is named and is not there");
                continue;
            }

            if (!reached.Add(id))
            {
                _ = j.Skips(OneCatalogRule.Once) || j.Fault(OneCatalogRule.Once, new(Layout.CatalogPage), $"node {id} is reached twice: the tree has a cycle, or two ways to one node");
                continue;
            }

            entries.AddRange(node.Entries);
            foreach (var child in node.Children.AsEnumerable().Reverse())
            {
                open.Push(child);
            }
        }

        return reached;
    }

    /// <summary>Follows the leaves from each to the next: a chain that comes back would hold a scan for ever.</summary>
    private static void FollowLeaves(Dictionary<ulong, CatalogNode> nodes, Judge j)
    {
        HashSet<ulong> named = [];
        foreach (var node in nodes.Values.Where(node => node.NextLeaf is not null).OrderBy(node => node.Key))
        {
            var next = node.NextLeaf!.Value;
            _ = j.Skips(OneCatalogRule.Dangling) || nodes.ContainsKey(next)
                || j.Fault(OneCatalogRule.Dangling, new(Layout.CatalogPage), $"leaf {next}, which follows leaf {node.Key}, is not there");
            _ = j.Skips(OneCatalogRule.Once) || (named.Add(next) && !Leads(nodes, next, node.Key))
                || j.Fault(OneCatalogRule.Once, new(Layout.CatalogPage), $"leaf {next} follows two leaves, or leads back to the one before it");
        }
    }

    /// <summary>Whether the leaves from one on lead to another.</summary>
    private static bool Leads(Dictionary<ulong, CatalogNode> nodes, ulong from, ulong to)
    {
        HashSet<ulong> passed = [];
        for (ulong? at = from; at is { } id && passed.Add(id); at = nodes.GetValueOrDefault(id)?.NextLeaf)
        {
            if (id == to)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of a text that is no JSON as a whole, each entry that is whole by itself.</summary>
    private static List<Format1Entry> Salvage(PackedText text, Judge j)
    {
        List<Format1Entry> entries = [];
        ReadOnlySpan<byte> rest = text.Data;
        for (var start = rest.IndexOf(EntryStart); start >= 0; start = rest.IndexOf(EntryStart))
        {
            rest = rest[start..];
            var reader = new Utf8JsonReader(rest, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = Layout.MaxJsonDepth }));
            try
            {
                if (JsonDocument.TryParseValue(ref reader, out var document))
                {
                    using (document)
                    {
                        if (JsonEntry.Read(document.RootElement, out var trouble) is { } entry && trouble is null)
                        {
                            entries.Add(entry);
                        }
                    }
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // It only looked like the beginning of an entry, or the cut goes through it.
            }

            rest = rest[EntryStart.Length..];
        }

        return entries;
    }
}

/// <summary>A node of the JSON tree.</summary>
internal sealed record CatalogNode(ulong Key, IReadOnlyList<Format1Entry> Entries, IReadOnlyList<ulong> Children, ulong? NextLeaf)
{
    /// <summary>Reads a node; what is wrong with it is reported and left out.</summary>
    /// <returns>The node, or null if nothing of it can be used.</returns>
    public static CatalogNode? Read(JsonProperty member, Judge j)
    {
        JsonElement? value = member.Value;
        var place = new Place(Layout.CatalogPage);
        var hasKey = ulong.TryParse(member.NameText(), NumberStyles.None, CultureInfo.InvariantCulture, out var key);
        var isLeaf = value.Text("node_type") == "Leaf";
        if (!(j.Skips(OneCatalogRule.Members) || (hasKey && (isLeaf || value.Text("node_type") == "Internal") && value.Member("entries", JsonValueKind.Array) is not null)
            || j.Fault(OneCatalogRule.Members, place, $"node {Judge.Brief(member.NameText() ?? "?")} has no number, type or entries"))
            || value.Member("entries", JsonValueKind.Array) is not { } list)
        {
            return null;
        }

        var hasMembers = value.Number("page_id") is not null && value.IsNumberOrNull("next_leaf") && value.IsNumberOrNull("parent")
            && (isLeaf ? value.IsNumberOrNull("leftmost_child") : value.Number("leftmost_child") is not null);
        _ = j.Skips(OneCatalogRule.Members) || hasMembers
            || j.Fault(OneCatalogRule.Members, place, $"node {key} has no page_id, next_leaf, parent or leftmost_child");
        _ = j.Skips(OneCatalogRule.NodeId) || value.Number("page_id") is not { } id || id == key
            || j.Fault(OneCatalogRule.NodeId, place, $"node {key} has the page_id {id}");

        List<Format1Entry> entries = [];
        List<ulong> children = [];
        if (!isLeaf && value.Number("leftmost_child") is { } leftmost)
        {
            children.Add(leftmost);
        }

        foreach (var item in list.EnumerateArray())
        {
            _ = j.Skips(OneCatalogRule.Members) || IsShaped(item, isLeaf)
                || j.Fault(OneCatalogRule.Members, place, $"an entry of node {key} has no key, value, child_page or content_hash");
            if (isLeaf)
            {
                var entry = JsonEntry.Read(item, out var trouble);
                _ = j.Skips(OneCatalogRule.Members) || trouble is null || j.Fault(OneCatalogRule.Members, place with { Owner = entry?.Path }, $"an entry of node {key} has {trouble}");
                var type = ((JsonElement?)item).Member("value", JsonValueKind.Object).Text("file_type");
                _ = j.Skips(OneEntryRule.Type) || entry is null || type is null || JsonEntry.TypeOf(type) is not null
                    || j.Fault(OneEntryRule.Type, place with { Owner = entry.Path }, $"file type {Judge.Brief(type)}; File, Directory and Symlink are known");
                if (entry is not null)
                {
                    entries.Add(entry);
                }
            }
            else if (((JsonElement?)item).Number("child_page") is { } child)
            {
                children.Add(child);
            }
        }

        return new CatalogNode(key, entries, children, value.Number("next_leaf"));
    }

    /// <summary>Whether an entry has what each has, whichever node it stands in; <see cref="JsonEntry"/> looks at the value.</summary>
    private static bool IsShaped(JsonElement? item, bool isLeaf) => isLeaf
        ? item.IsNumberOrNull("child_page") && (item.Member("value", JsonValueKind.Object) is not { } value || ((JsonElement?)value).Has("content_hash"))
        : item.Text("key") is not null && item.Has("value") && item.Number("child_page") is not null;
}
