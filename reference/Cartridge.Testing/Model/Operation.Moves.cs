using System.Text;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Renames or copies an entry and everything below it.</summary>
/// <param name="Path">The entry, or a directory that is only implied.</param>
/// <param name="NewPath">Where to.</param>
/// <param name="Keeps">Whether the old entries stay: a copy.</param>
public sealed record MoveTree(string Path, string NewPath, bool Keeps) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Keeps ? "copy" : "move")} {Path} -> {NewPath}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container) =>
        $"{(Keeps ? container.Copy(Path, NewPath) : container.Move(Path, NewPath))} entries";

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        if (NewPath.StartsWith($"{Path}/", StringComparison.Ordinal))
        {
            throw new Refusal(ErrorCode.BadArgument);
        }

        if (before.Tree(NewPath).Any())
        {
            throw new Refusal(ErrorCode.Exists);
        }

        var paths = before.Tree(Path).ToList();
        if (paths.Count == 0)
        {
            throw new Refusal(ErrorCode.NotFound);
        }

        if (paths.Any(path => Encoding.UTF8.GetByteCount(Target(path)) > Format.MaxPathLength))
        {
            throw new Refusal(ErrorCode.BadPath);
        }

        var after = Keeps ? before : before.Without(paths);
        return (paths.Aggregate(after, (container, path) => container.With(Target(path), before.Entries[path])), $"{paths.Count} entries");
    }

    private string Target(string path) => NewPath + path[Path.Length..];
}

/// <summary>Makes a part of a file read as zero.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Offset">Where, in bytes from its start.</param>
/// <param name="Length">How many bytes at most.</param>
public sealed record PunchHole(string Path, int Offset, int Length) : FileOperation(Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"hole {Path} at {Offset} {Length}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.PunchHole(Path, Offset, Length);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var file = FileIn(before) ?? throw new Refusal(ErrorCode.NotFound);
        var content = (byte[])file.Content.Clone();
        var length = Math.Min(Length, Math.Max(0, content.Length - Offset));
        content.AsSpan(Math.Min(Offset, content.Length), length).Clear();
        return (before.With(Path, file with { Content = content, Modified = now, HasHash = file.HasHash && length == 0 }), Done);
    }
}
