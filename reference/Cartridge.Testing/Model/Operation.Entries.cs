using System.Text;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Makes a directory, or sets its metadata.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Metadata">What to set.</param>
public sealed record MakeDirectory(string Path, EntryMetadata? Metadata = null) : Operation
{
    private const int DefaultMode = 0x1ED; // 0755

    /// <inheritdoc/>
    public override string ToString() => $"mkdir {Path}{Show(Metadata)}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.CreateDirectory(Path, Metadata);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var directory = before.Entries.GetValueOrDefault(Path) ?? new() { Type = EntryType.Directory, Mode = DefaultMode, Created = now, Modified = now };
        return directory.Type == EntryType.Directory ? (before.With(Path, directory.With(Metadata)), Done) : throw new Refusal(ErrorCode.Exists);
    }
}

/// <summary>Makes a symbolic link, in place of a file or link.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Target">Where it leads.</param>
public sealed record MakeLink(string Path, string Target) : Operation
{
    private const int DefaultMode = 0x1FF; // 0777

    /// <inheritdoc/>
    public override string ToString() => $"link {Path} -> {Target}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.CreateSymbolicLink(Path, Target);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var old = before.Entries.GetValueOrDefault(Path) ?? new() { Type = EntryType.SymbolicLink, Mode = DefaultMode, Created = now, Modified = now };
        return old.Type == EntryType.Directory
            ? throw new Refusal(ErrorCode.Exists)
            : (before.With(Path, old with { Type = EntryType.SymbolicLink, Content = Encoding.UTF8.GetBytes(Target), Modified = now, HasHash = false }), Done);
    }
}

/// <summary>Deletes an entry.</summary>
/// <param name="Path">Its path.</param>
public sealed record Delete(string Path) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"delete {Path}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.Delete(Path);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        before.Entries.GetValueOrDefault(Path) switch
        {
            null => throw new Refusal(ErrorCode.NotFound),
            { Type: EntryType.Directory } when before.Below(Path).Any() => throw new Refusal(ErrorCode.Exists),
            _ => (before.Without([Path]), Done),
        };
}

/// <summary>Deletes an entry and everything below it.</summary>
/// <param name="Path">Its path.</param>
public sealed record DeleteTree(string Path) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"delete tree {Path}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container) => $"{container.DeleteTree(Path)} deleted";

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var paths = before.Tree(Path).ToList();
        return paths.Count > 0 ? (before.Without(paths), $"{paths.Count} deleted") : throw new Refusal(ErrorCode.NotFound);
    }
}

/// <summary>Changes an entry's metadata.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Changes">What to change.</param>
public sealed record ChangeMetadata(string Path, EntryMetadata Changes) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"metadata {Path}{Show(Changes)}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.SetMetadata(Path, Changes);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        before.Entries.GetValueOrDefault(Path) is { } entry ? (before.With(Path, entry.With(Changes)), Done) : throw new Refusal(ErrorCode.NotFound);
}

/// <summary>Sets the container's title.</summary>
/// <param name="Title">The title.</param>
public sealed record SetTitle(string Title) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"title \"{Title}\"";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.Title = Title;
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) => (before.WithTitle(Title), Done);
}

/// <summary>Sets how contents are stored whose files have no choice of their own. Nobody sees it in what he reads.</summary>
/// <param name="Codec">The codec.</param>
public sealed record SetDefaultCodec(CodecChoice Codec) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"default codec {Codec}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.DefaultCodec = Codec;
        return container.DefaultCodec == Codec ? Done : $"the default is {container.DefaultCodec}";
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) => (before, Done);
}
