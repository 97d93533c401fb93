using System.Globalization;
using System.Text.Json;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkOne;

/// <summary>A node of a catalog in JSON.</summary>
/// <param name="Entries">The entries of a leaf.</param>
/// <param name="Children">The children of any other node, the leftmost first.</param>
/// <param name="NextLeaf">The leaf that follows, if one does.</param>
internal sealed record OneNode(IReadOnlyList<OneEntry> Entries, IReadOnlyList<ulong> Children, ulong? NextLeaf);

/// <summary>The catalog in JSON: a tree whose nodes all stand in one text.</summary>
internal sealed class OneTree
{
    private const string BadRecord = "catalog.bad-record";

    private readonly Dictionary<ulong, OneNode> _nodes = [];
    private readonly ulong _root;

    private OneTree(JsonElement catalog)
    {
        _root = catalog.Number("root_page");
        _ = catalog.Number("next_page_id");
        foreach (JsonProperty filed in catalog.GetProperty("nodes").EnumerateObject())
        {
            ulong number = filed.Value.Number("page_id");
            bool isFiledSo = filed.Name == number.ToString(CultureInfo.InvariantCulture);
            Require(isFiledSo, "CART-ONE-022", "tree.bad-cell", 1, $"node {number} is filed under another number");
            _nodes.Add(number, NodeOf(filed.Value));
        }
    }

    /// <summary>The entries in the order of the tree.</summary>
    internal static IReadOnlyList<OneEntry> Read(byte[] text)
    {
        using JsonDocument document = OneJson.Parse(text, "CART-ONE-020", BadRecord, 1);
        OneTree tree = OneJson.Members(document, "CART-ONE-021", BadRecord, 1, catalog => new OneTree(catalog));
        tree.FollowLeaves();
        return tree.FollowChildren();
    }

    private static OneNode NodeOf(JsonElement node)
    {
        _ = node.NumberOrNull("parent");
        ulong? leftmost = node.NumberOrNull("leftmost_child");
        ulong? nextLeaf = node.NumberOrNull("next_leaf");
        List<OneEntry> entries = [];
        List<ulong> children = [];
        bool isLeaf = node.Text("node_type") switch
        {
            "Leaf" => true,
            "Internal" => false,
            string other => throw new FormatException($"a node of the type {other}"),
        };
        if (!isLeaf)
        {
            children.Add(leftmost ?? throw new FormatException("a node without a leftmost child"));
        }

        foreach (JsonElement entry in node.GetProperty("entries").EnumerateArray())
        {
            string path = entry.Text("key");
            JsonElement value = entry.GetProperty("value");
            ulong? child = entry.NumberOrNull("child_page");
            if (isLeaf)
            {
                entries.Add(OneEntry.FromJson(path, value));
            }
            else
            {
                children.Add(child ?? throw new FormatException("an entry without a child"));
            }
        }

        return new OneNode(entries, children, nextLeaf);
    }

    private List<OneEntry> FollowChildren()
    {
        List<OneEntry> entries = [];
        HashSet<ulong> reached = [];
        Stack<ulong> open = new([_root]);
        while (open.TryPop(out ulong number))
        {
            OneNode node = Find(number);
            Require(reached.Add(number), "CART-ONE-024", "tree.bad-level", 1, $"node {number} is reached twice");
            entries.AddRange(node.Entries);
            foreach (ulong child in node.Children.Reverse())
            {
                open.Push(child);
            }
        }

        Require(reached.Count == _nodes.Count, "CART-ONE-025", "tree.count-mismatch", 1, $"{reached.Count} of {_nodes.Count} nodes are reached");
        return entries;
    }

    /// <summary>Wherever a scan along the leaves begins, it ends; and no leaf follows two others.</summary>
    private void FollowLeaves()
    {
        HashSet<ulong> following = [];
        foreach (OneNode start in _nodes.Values)
        {
            bool isFirst = start.NextLeaf is not { } next || following.Add(next);
            Require(isFirst, "CART-ONE-024", "tree.bad-level", 1, $"leaf {start.NextLeaf} follows two others");
            int steps = 0;
            for (OneNode? leaf = start; leaf is not null; leaf = leaf.NextLeaf is { } number ? Find(number) : null)
            {
                Require(++steps <= _nodes.Count, "CART-ONE-024", "tree.bad-level", 1, $"a scan along the leaves goes round");
            }
        }
    }

    private OneNode Find(ulong number)
    {
        bool isThere = _nodes.TryGetValue(number, out OneNode? node);
        Require(isThere, "CART-ONE-023", "page.out-of-range", 1, $"node {number} is named and is not there");
        return node!;
    }
}
