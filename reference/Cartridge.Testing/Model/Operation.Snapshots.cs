using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Keeps what there is under a name.</summary>
/// <param name="Name">The name.</param>
public sealed record MakeSnapshot(string Name) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"snapshot {Name}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.CreateSnapshot(Name);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        before.Snapshots.ContainsKey(Name) ? throw new Refusal(ErrorCode.Exists) : (before.WithSnapshot(Name), Done);
}

/// <summary>Puts all entries back to a snapshot.</summary>
/// <param name="Name">Its name.</param>
public sealed record BringBack(string Name) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"restore {Name}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.RestoreSnapshot(Name);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        before.Snapshots.ContainsKey(Name) ? (before.Restored(Name), Done) : throw new Refusal(ErrorCode.NotFound);
}

/// <summary>Deletes a snapshot.</summary>
/// <param name="Name">Its name.</param>
public sealed record DropSnapshot(string Name) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"drop snapshot {Name}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        container.DeleteSnapshot(Name);
        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        before.Snapshots.ContainsKey(Name) ? (before.WithoutSnapshot(Name), Done) : throw new Refusal(ErrorCode.NotFound);
}
