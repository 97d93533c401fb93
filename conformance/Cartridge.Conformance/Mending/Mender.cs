using System.Security.Cryptography;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Mending;

/// <summary>
/// Makes one fault in a copy of a valid container and then mends what the fault would otherwise give away: the hash of the changed
/// page, the reference that holds that hash, the hash of the page with the reference, and so on up to the commit records.
/// </summary>
/// <remarks>
/// Nothing here is done by the engine's writer. Which hash covers which page is charted on the valid container, before the fault;
/// pages that both states share are mended on the way up to both records.
/// </remarks>
internal sealed class Mender
{
    private readonly Lazy<Chart> _chart;
    private readonly List<FaultPlace> _places = [];
    private readonly SortedSet<string> _mended = new(StringComparer.Ordinal);

    public Mender(byte[] container)
        : this(container, container)
    {
    }

    /// <summary>Goes on with bytes that were changed already.</summary>
    /// <param name="container">The valid container that they came from.</param>
    /// <param name="changed">The bytes; not written to.</param>
    public Mender(byte[] container, byte[] changed)
    {
        Bytes = [.. changed];
        _chart = new Lazy<Chart>(() => new Chart(container));
    }

    /// <summary>The container as it was.</summary>
    /// <remarks>Drawn when it is asked for: containers of format 1 have no chart, and nothing to mend.</remarks>
    public Chart Chart => _chart.Value;

    /// <summary>The state that the container's reader sees, as it was.</summary>
    public StateChart Newest => Chart.Newest;

    /// <summary>The container as it is now.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>The name of the first field that was changed.</summary>
    public string Field { get; private set; } = "";

    /// <summary>All places of the fault, in the order in which they were made.</summary>
    public IReadOnlyList<FaultPlace> Places => _places;

    /// <summary>What was mended.</summary>
    public IReadOnlyCollection<string> Mended => _mended;

    /// <summary>Writes other bytes into a spot.</summary>
    public Mender Set(Spot spot, params ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != spot.Length)
        {
            throw new ArgumentException($"{spot.Name} has {spot.Length} bytes, not {bytes.Length}", nameof(bytes));
        }

        bytes.CopyTo(spot.In(Bytes));
        return Note(spot);
    }

    /// <summary>Writes an integer into a spot.</summary>
    public Mender Number(Spot spot, ulong number) => Set(spot, spot.Bytes(number));

    /// <summary>Changes an integer by a difference.</summary>
    public Mender Add(Spot spot, long difference) => Number(spot, (ulong)((long)spot.Number(Bytes) + difference));

    /// <summary>Flips the lowest bit of a spot's first byte: the smallest damage there is.</summary>
    public Mender Flip(Spot spot)
    {
        spot.In(Bytes)[0] ^= 1;
        return Note(spot with { Length = 1 });
    }

    /// <summary>Cuts the file.</summary>
    public Mender Cut(long length)
    {
        Spot tail = Spot.At(length, (int)(Bytes.Length - length), "the file's length");
        Bytes = Bytes[..(int)length];
        return Note(tail);
    }

    /// <summary>Lengthens the file by a page.</summary>
    /// <returns>The page's number.</returns>
    public long Append(ReadOnlySpan<byte> page, string name)
    {
        Spot whole = Spot.At(Bytes.Length, Spot.PageSize, name);
        byte[] longer = new byte[Bytes.Length + Spot.PageSize];
        Bytes.CopyTo(longer, 0);
        Bytes = longer;
        page.CopyTo(whole.In(Bytes));
        Note(whole);
        return whole.Page;
    }

    /// <summary>Lays a node's cells out anew after changing them, in its own page and under its own header.</summary>
    public Mender Rebuild(NodeChart node, string name, Action<NodeDraft> change)
    {
        NodeDraft draft = new(Bytes, node);
        change(draft);
        Span<byte> page = Bytes.AsSpan((int)node.Page * Spot.PageSize, Spot.PageSize);
        byte[] before = page.ToArray();
        draft.Write(page);

        // The place of the fault is what differs, from the first byte to the last.
        int first = before.AsSpan().CommonPrefixLength(page);
        int last = Spot.PageSize - 1;
        while (last > first && before[last] == page[last])
        {
            last--;
        }

        return Note(new Spot(node.Page, first, last - first + 1, name));
    }

    /// <summary>Mends a page's own hash, if it has one, and everything above it.</summary>
    public Mender Mend(long page)
    {
        if (page == 0)
        {
            Spot hash = Chart.Identity("hash");
            Restore(hash, SHA256.HashData(Bytes.AsSpan(0, hash.Offset)));
        }
        else if (IsMetadata(page))
        {
            if (page is 1 or 2 && IsEncrypted)
            {
                Restore(Spot.Of(Layouts.CommitRecord, "HMAC", page), Secrets.Hmac(Bytes, page));
            }

            MendHash(page);
        }

        return MendAbove(page);
    }

    /// <summary>Mends a metadata page's own hash and nothing else.</summary>
    public Mender MendHash(long page)
    {
        Restore(Spot.Of(Layouts.PageHeader, "hash", page), Chart.PageHash(Bytes, page));
        return this;
    }

    /// <summary>Mends everything above a page, but not its own hash.</summary>
    public Mender MendAbove(long page)
    {
        foreach (StateChart state in Chart.States)
        {
            if (page == 0)
            {
                Restore(state["identity hash"], SHA256.HashData(Bytes.AsSpan(0, Spot.PageSize)));
                Mend(state.Page);
            }

            foreach ((Spot reference, _) in state.Links.Where(link => link.Page == page))
            {
                Restore(reference.Inner(Layouts.PageReference, "hash"), Spot.Of(Layouts.PageHeader, "hash", page).In(Bytes));
                Mend(reference.Page);
            }

            foreach (BlobChart blob in state.Blobs.Where(blob => blob.Pages.Contains(page)))
            {
                Restore(blob["checksum"], blob.Checksum(Bytes));
                Mend(blob.Whole.Page);
            }
        }

        return this;
    }

    /// <summary>Whether the container is encrypted, as it is now.</summary>
    private bool IsEncrypted => Chart.Identity("encrypted").Number(Bytes) == 1;

    private bool IsMetadata(long page) =>
        Chart.States.Any(state => state.Page == page || state.Links.Any(link => link.Page == page));

    private void Restore(Spot spot, ReadOnlySpan<byte> bytes)
    {
        if (!spot.In(Bytes).SequenceEqual(bytes))
        {
            bytes.CopyTo(spot.In(Bytes));
            _mended.Add($"page {spot.Page}, {spot.Name}");
        }
    }

    private Mender Note(Spot spot)
    {
        Field = Field.Length == 0 ? spot.Name : Field;
        _places.Add(new FaultPlace(spot.Page, spot.Offset, spot.Length));
        return this;
    }
}
