using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>An operation on one file.</summary>
/// <param name="Path">Its path.</param>
public abstract record FileOperation(string Path) : Operation
{
    private const int DefaultMode = 0x1A4; // 0644

    private protected static ModelEntry NewFile(long now) => new() { Type = EntryType.File, Mode = DefaultMode, Created = now, Modified = now };

    /// <summary>The file at the path, or null; anything else there is in the way.</summary>
    private protected ModelEntry? FileIn(ModelContainer container) => container.Entries.GetValueOrDefault(Path) switch
    {
        null => null,
        { Type: EntryType.File } file => file,
        _ => throw new Refusal(ErrorCode.Exists),
    };

    /// <summary>What can be read at the path: a file, or a link's target.</summary>
    private protected byte[] ContentIn(ModelContainer container) =>
        container.Entries.GetValueOrDefault(Path) is { Type: not EntryType.Directory } entry ? entry.Content : throw new Refusal(ErrorCode.NotFound);

    /// <summary>Lays bytes over a file; a gap reads as zero.</summary>
    private protected (ModelContainer After, string Answer) Overlay(ModelContainer before, long offset, byte[] bytes, long now)
    {
        var file = FileIn(before) ?? NewFile(now);
        if (bytes.Length == 0)
        {
            return (before.With(Path, file with { Modified = now }), Done);
        }

        var content = new byte[Math.Max(file.Content.Length, offset + bytes.Length)];
        file.Content.CopyTo(content, 0);
        bytes.CopyTo(content, offset);
        return (before.With(Path, file with { Content = content, Modified = now, HasHash = false }), Done);
    }
}

/// <summary>Writes a whole file.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">Its content.</param>
/// <param name="Metadata">What else to set.</param>
public sealed record WriteFile(string Path, Payload Content, EntryMetadata? Metadata = null) : FileOperation(Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"write {Path} {Content}{Show(Metadata)}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.Write(Path, Content.ToArray(), Metadata);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var file = (FileIn(before) ?? NewFile(now)) with { Content = Content.ToArray(), Modified = now, HasHash = Metadata?.RecordContentHash == true && !before.IsEncrypted };
        return (before.With(Path, file.With(Metadata)), Done);
    }
}

/// <summary>Writes a part of a file.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Offset">Where, in bytes from its start.</param>
/// <param name="Content">What.</param>
public sealed record WriteAt(string Path, long Offset, Payload Content) : FileOperation(Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"write {Path} at {Offset} {Content}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.WriteAt(Path, Offset, Content.ToArray());
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        Overlay(before, Offset, Content.ToArray(), now);
}

/// <summary>Writes at the end of a file.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">What.</param>
public sealed record AppendFile(string Path, Payload Content) : FileOperation(Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"append {Path} {Content}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.Append(Path, Content.ToArray());
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        Overlay(before, FileIn(before)?.Content.Length ?? 0, Content.ToArray(), now);
}

/// <summary>Sets a file's length.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Length">In bytes.</param>
public sealed record SetLength(string Path, int Length) : FileOperation(Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"length {Path} {Length}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.SetLength(Path, Length);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var file = FileIn(before) ?? throw new Refusal(ErrorCode.NotFound);
        var content = file.Content;
        var hashed = file.HasHash && content.Length == Length;
        Array.Resize(ref content, Length);
        return (before.With(Path, file with { Content = content, Modified = now, HasHash = hashed }), Done);
    }
}

/// <summary>Reads a whole file.</summary>
/// <param name="Path">Its path.</param>
public sealed record ReadFile(string Path) : FileOperation(Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"read {Path}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container) => Convert.ToHexString(container.Read(Path));

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        (before, Convert.ToHexString(ContentIn(before)));
}

/// <summary>Reads a part of a file.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Offset">Where, in bytes from its start.</param>
/// <param name="Length">How many bytes at most.</param>
public sealed record ReadAt(string Path, int Offset, int Length) : FileOperation(Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"read {Path} at {Offset} {Length}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        // What was in the buffer before must not shine through a hole.
        var buffer = new byte[Length];
        Array.Fill(buffer, (byte)0xEE);
        var read = container.ReadAt(Path, Offset, buffer);
        return Convert.ToHexString(buffer, 0, read);
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var content = ContentIn(before);
        var from = Math.Min(Offset, content.Length);
        return (before, Convert.ToHexString(content, from, Math.Min(Length, content.Length - from)));
    }
}
