using System.Collections.Immutable;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// What a container holds, as its user sees it: a title and a dictionary from paths to entries. Immutable, so that every
/// state of a history can be kept, and equal to another exactly if <see cref="Text"/> is.
/// </summary>
public sealed class ModelContainer : IEquatable<ModelContainer>
{
    private readonly Lazy<string> _text;

    private ModelContainer(
        string title,
        ImmutableSortedDictionary<string, ModelEntry> entries,
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ModelEntry>> snapshots,
        bool isEncrypted)
    {
        IsEncrypted = isEncrypted;
        Title = title;
        Entries = entries;
        Snapshots = snapshots;
        _text = new Lazy<string>(() => string.Join(
            '\n', [$"\"{title}\"", .. Lines("", entries), .. snapshots.SelectMany(snapshot => Lines("  ", snapshot.Value).Prepend($"snapshot {snapshot.Key}"))]));
    }

    /// <summary>An empty container without a title.</summary>
    public static ModelContainer Empty { get; } = new(
        "",
        ImmutableSortedDictionary.Create<string, ModelEntry>(PathOrder.Instance),
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, ModelEntry>>(StringComparer.Ordinal),
        isEncrypted: false);

    /// <summary>The same, encrypted: it records no content hashes.</summary>
    public static ModelContainer EmptyEncrypted { get; } = new(Empty.Title, Empty.Entries, Empty.Snapshots, isEncrypted: true);

    /// <summary>Whether its content is encrypted.</summary>
    public bool IsEncrypted { get; }

    /// <summary>The title.</summary>
    public string Title { get; }

    /// <summary>All entries, in the order of their paths' bytes.</summary>
    public ImmutableSortedDictionary<string, ModelEntry> Entries { get; }

    /// <summary>The snapshots by name, with their entries.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ModelEntry>> Snapshots { get; }

    /// <summary>The title, then one line for each entry, those of snapshots too.</summary>
    public string Text => _text.Value;

    /// <summary>What a container shows of itself, read through its interface: every entry and every byte.</summary>
    /// <param name="container">An open container.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="InvalidDataException">It contradicts itself: its order, its counts or a recorded hash.</exception>
    public static ModelContainer Of(CartridgeFile container)
    {
        var snapshots = Empty.Snapshots.ToBuilder();
        foreach (var snapshot in container.Snapshots)
        {
            using var reader = container.OpenSnapshot(snapshot.Name);
            snapshots.Add(snapshot.Name, EntriesOf(reader));
        }

        return new ModelContainer(container.Title, EntriesOf(container), snapshots.ToImmutable(), container.IsEncrypted);
    }

    /// <summary>All entries that somebody sees, with every byte.</summary>
    /// <param name="view">A container, or a reader of it.</param>
    /// <returns>The entries by path.</returns>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    public static ImmutableSortedDictionary<string, ModelEntry> EntriesOf(CartridgeView view)
    {
        var listed = view.List().ToList();
        var entries = Empty.Entries.ToBuilder();
        foreach (var entry in listed)
        {
            entries.Add(entry.Path, ModelEntry.From(entry, entry.Type == EntryType.Directory ? [] : view.Read(entry.Path)));
        }

        return entries.Keys.SequenceEqual(listed.Select(entry => entry.Path), StringComparer.Ordinal) && view.EntryCount == (ulong)listed.Count
            ? entries.ToImmutable()
            : throw new InvalidDataException($"{view.EntryCount} entries, listed as {string.Join(", ", listed.Select(entry => entry.Path))}.");
    }

    /// <summary>The same with another title.</summary>
    /// <param name="title">The title.</param>
    public ModelContainer WithTitle(string title) => new(title, Entries, Snapshots, IsEncrypted);

    /// <summary>The same with an entry set.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="entry">The entry.</param>
    public ModelContainer With(string path, ModelEntry entry) => new(Title, Entries.SetItem(path, entry), Snapshots, IsEncrypted);

    /// <summary>The same without some entries.</summary>
    /// <param name="paths">Their paths.</param>
    public ModelContainer Without(IEnumerable<string> paths) => new(Title, Entries.RemoveRange(paths), Snapshots, IsEncrypted);

    /// <summary>The same with its entries kept under a name.</summary>
    /// <param name="name">The snapshot's name.</param>
    public ModelContainer WithSnapshot(string name) => new(Title, Entries, Snapshots.SetItem(name, Entries), IsEncrypted);

    /// <summary>The same without a snapshot.</summary>
    /// <param name="name">The snapshot's name.</param>
    public ModelContainer WithoutSnapshot(string name) => new(Title, Entries, Snapshots.Remove(name), IsEncrypted);

    /// <summary>The same with the entries of a snapshot.</summary>
    /// <param name="name">The snapshot's name.</param>
    public ModelContainer Restored(string name) => new(Title, Snapshots[name], Snapshots, IsEncrypted);

    /// <summary>The paths below a path.</summary>
    /// <param name="path">A directory, implied or not.</param>
    public IEnumerable<string> Below(string path) => Entries.Keys.Where(key => key.StartsWith($"{path}/", StringComparison.Ordinal));

    /// <summary>The path itself, if there is such an entry, and the paths below it.</summary>
    /// <param name="path">Any path.</param>
    public IEnumerable<string> Tree(string path) => Entries.ContainsKey(path) ? Below(path).Prepend(path) : Below(path);

    /// <inheritdoc/>
    public bool Equals(ModelContainer? other) => other is not null && (ReferenceEquals(this, other) || Text == other.Text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ModelContainer);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static IEnumerable<string> Lines(string indent, ImmutableSortedDictionary<string, ModelEntry> entries) =>
        entries.Select(pair => $"{indent}{pair.Key}: {pair.Value}");

    /// <summary>The order of the bytes of UTF-8, which is that of code points and not that of UTF-16.</summary>
    private sealed class PathOrder : IComparer<string>
    {
        public static readonly PathOrder Instance = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
