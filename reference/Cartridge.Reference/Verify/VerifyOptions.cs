using System.Collections.Frozen;

namespace Cartridge.Reference;

/// <summary>How <see cref="Verifier"/> verifies.</summary>
public sealed record VerifyOptions
{
    /// <summary>All checks, and the limits that the specification names.</summary>
    public static VerifyOptions Default { get; } = new();

    /// <summary>
    /// Ids of requirements that are not checked, their conditions included. With this the conformance suite proves of every
    /// check that it is needed; it makes no container valid.
    /// </summary>
    public IReadOnlySet<string> SwitchedOff { get; init; } = FrozenSet<string>.Empty;

    /// <summary>After so many findings one more says <c>limit.exceeded</c>, and the verification ends (CART-CNV-107).</summary>
    public int MaxFindings { get; init; } = 10_000;

    /// <summary>
    /// The key of an encrypted container. Without it everything is checked but what only the key can tell: that the record is
    /// its owner's, that content was encrypted for its place, and the targets of links.
    /// </summary>
    public CartridgeKey? Key { get; init; }

    /// <summary>
    /// How many zeros of holes are hashed at most, in bytes, to check content hashes. A content hash behind more is left
    /// unchecked with a warning <c>limit.exceeded</c>: a hole takes no room and may claim any length.
    /// </summary>
    public long MaxHashedZeros { get; init; } = 4L << 30;

    /// <summary>
    /// The codecs with which encoded content is decoded, to prove that it can be; none by default. Where a codec is missing, a
    /// note <c>codec.unavailable</c> says how much was not decoded; checksums are always checked.
    /// </summary>
    public IReadOnlyList<IContentCodec> Codecs { get; init; } = [];

    /// <summary>
    /// The name of a snapshot: then its catalog and content are verified as if they were the current ones, whole, and nothing
    /// else beside what leads to them. Null verifies the container: all snapshots as far as they are not shared.
    /// </summary>
    public string? Snapshot { get; init; }

    /// <summary>Whether the report names the owner of each page. That takes memory for every path.</summary>
    public bool CollectOwners { get; init; }
}
