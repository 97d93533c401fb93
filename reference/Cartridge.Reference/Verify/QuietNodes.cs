namespace Cartridge.Reference;

/// <summary>
/// Nodes for looking keys up while a tree is verified: what is wrong with them was reported where they were walked. A tree
/// that cannot be followed ends the look-up with <see cref="LostException"/>.
/// </summary>
internal sealed class QuietNodes(JudgedState state) : INodes
{
    private const int Capacity = 1024;

    private readonly ArcCache<PageReference, TreeNode> _nodes = new(Capacity);

    public TreeNode Load(in Child child, PageType type, byte level, in KeyRange range)
    {
        if (_nodes.Get(child.Reference) is { } known && known.Level == level)
        {
            return known;
        }

        var place = new NodePlace(child.Reference, type, level, state.Bounds, state.Identity.Id);
        var node = child.Reference.Page == 0 ? null : Nodes.Read(state.Medium, place, SilentChecker.Strict);
        _nodes.Put(child.Reference, node ?? throw new LostException(), 1);
        return node;
    }

    void INodes.Made(TreeNode node) => throw new InvalidOperationException("A verifier changes nothing.");

    void INodes.Dropped(in Child child, PageType type) => throw new InvalidOperationException("A verifier changes nothing.");

    /// <summary>A node on the way is damaged.</summary>
    internal sealed class LostException : Exception;
}
