using System.Security.Cryptography;

namespace Cartridge.Conformance.Mending;

/// <summary>
/// A valid container, taken apart by the specification's tables alone: where every field is, and which hash covers what. It checks
/// nothing and expects its input to be right; it is a map for making inputs that are not.
/// </summary>
internal sealed class Chart
{
    private const int HashedFrom = 33;

    public Chart(byte[] bytes)
    {
        Bytes = bytes;
        States =
        [
            .. new long[] { 1, 2 }
                .Where(page => Spot.Of(Layouts.PageHeader, "hash", page).In(bytes).SequenceEqual(PageHash(bytes, page)))
                .Select(page => new StateChart(bytes, page))
                .OrderByDescending(state => state.Generation),
        ];
    }

    public byte[] Bytes { get; }

    /// <summary>The states whose records verify, the newest first.</summary>
    public IReadOnlyList<StateChart> States { get; }

    public StateChart Newest => States[0];

    /// <summary>What a page is there for, in words; empty for a page that no state reaches.</summary>
    public string OwnerOf(long page) => page switch
    {
        0 => "identity",
        1 or 2 => "commit record",
        _ => States.Select((state, i) => (Owner: state.OwnerOf(page), Older: i > 0))
            .Where(found => found.Owner is not null)
            .Select(found => found.Older ? $"older state: {found.Owner}" : found.Owner!)
            .FirstOrDefault(""),
    };

    /// <summary>A field of page 0.</summary>
    public static Spot Identity(string field) => Spot.Of(Layouts.Identity, field, 0);

    /// <summary>The hash that a metadata page should carry, from its bytes as they are.</summary>
    public static byte[] PageHash(byte[] bytes, long page) =>
        SHA256.HashData(bytes.AsSpan((int)page * Spot.PageSize, Spot.PageSize)[HashedFrom..]);
}
