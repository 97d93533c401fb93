using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// Sends what is different between two snapshots and receives it where it came from: refused unless the container holds what the
/// first one holds, and then it holds what the second one does.
/// </summary>
/// <param name="From">The snapshot that the receiver has to have.</param>
/// <param name="To">The snapshot that it is to become.</param>
public sealed record TakeOver(string From, string To) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"take over {From} to {To}";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        // What is sent is published; what is received joins what has gathered.
        container.Flush();
        using var stream = new MemoryStream();
        container.Send(stream, From, To);
        stream.Position = 0;
        try
        {
            container.Receive(stream);
            return Done;
        }
        catch (CartridgeException refusal) when (refusal.Code == ErrorCode.TransferWrongBase)
        {
            return refusal.Code.ToString();
        }
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        // The later one is looked for first.
        if (!before.Snapshots.TryGetValue(To, out var to) || !before.Snapshots.TryGetValue(From, out var from))
        {
            throw new Refusal(ErrorCode.NotFound);
        }

        if (before.Entries.Count != from.Count || before.Entries.Any(entry => !from.TryGetValue(entry.Key, out var other) || !IsSame(entry.Value, other)))
        {
            throw new Refusal(ErrorCode.TransferWrongBase);
        }

        var after = before.Without(from.Keys.Where(path => !to.ContainsKey(path)));
        foreach (var (path, entry) in to)
        {
            if (!(from.TryGetValue(path, out var old) && IsSame(old, entry)))
            {
                after = after.With(path, entry with { HasHash = false });
            }
        }

        return (after, Done);
    }

    /// <summary>Recorded content hashes do not travel.</summary>
    private static bool IsSame(ModelEntry one, ModelEntry other) =>
        (one with { HasHash = false }).ToString() == (other with { HasHash = false }).ToString();
}
