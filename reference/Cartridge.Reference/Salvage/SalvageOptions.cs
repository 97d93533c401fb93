namespace Cartridge.Reference;

/// <summary>How <see cref="Salvager"/> works.</summary>
public sealed record SalvageOptions
{
    /// <summary>The key of an encrypted container. Without it, entries are only reported.</summary>
    public CartridgeKey? Key { get; init; }

    /// <summary>The codecs for content that is stored encoded. What needs another one counts as missing.</summary>
    public IReadOnlyList<IContentCodec> Codecs { get; init; } = [];

    /// <summary>The name of the snapshot to salvage instead of the current state; null for the current state.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The slug of the new container where the old one's is not to be had.</summary>
    public string Slug { get; init; } = "salvaged";

    /// <summary>Told of each entry, in the order of the paths, when its fate is known.</summary>
    public Action<SalvagedEntry>? Each { get; init; }

    /// <summary>The clock of the new container; the system's by default.</summary>
    public Func<long>? Clock { get; init; }
}
