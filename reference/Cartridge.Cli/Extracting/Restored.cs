using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>What is given back to a thing on the disk beside its content.</summary>
/// <param name="Mode">Its twelve bits; without an owner to restore, not those that lend the owner's rights to others.</param>
/// <param name="Owner">Owner and group, if they are to be restored.</param>
/// <param name="Modified">When it was last changed, in nanoseconds since the Unix epoch.</param>
/// <param name="Attributes">Extended attributes of the namespace <c>user.</c>; all others are the system's own business.</param>
internal sealed record Restored(
    int Mode, (uint Uid, uint Gid)? Owner, long Modified, IReadOnlyList<KeyValuePair<string, byte[]>> Attributes)
{
    private const int LendingBits = 0xC00; // setuid and setgid

    /// <summary>What an entry gives back.</summary>
    public static Restored From(CartridgeEntry entry, bool withOwner) => new(
        withOwner ? entry.Mode : entry.Mode & ~LendingBits,
        withOwner ? (entry.Uid, entry.Gid) : null,
        entry.Modified,
        [.. entry.ExtendedAttributes.Where(attribute => attribute.Key.StartsWith("user.", StringComparison.Ordinal))]);
}
