namespace Cartridge.Reference;

/// <summary>What happened to an entry between two states.</summary>
public enum DifferenceKind
{
    /// <summary>Only the later state has it.</summary>
    Added,

    /// <summary>Only the earlier state has it.</summary>
    Removed,

    /// <summary>Both have it, and not the same.</summary>
    Changed,
}

/// <summary>One entry in which two states differ.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="Path">Its path.</param>
/// <param name="Before">The entry in the earlier state; null if it was added.</param>
/// <param name="After">The entry in the later state; null if it was removed.</param>
/// <param name="ContentChanged">Whether its content was written anew, be it with the same bytes; otherwise only what the
/// catalog says of it has changed. True for entries added and removed.</param>
public sealed record EntryDifference(DifferenceKind Kind, string Path, CartridgeEntry? Before, CartridgeEntry? After, bool ContentChanged);
