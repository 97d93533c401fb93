namespace Cartridge.Testing;

/// <summary>A disk at one moment: what is durable for certain, and what was asked since the last sync and may or may not be.</summary>
/// <param name="Durable">The content as of the last completed sync.</param>
/// <param name="Unsynced">The operations since then, oldest first.</param>
public sealed record DiskState(byte[] Durable, IReadOnlyList<DiskOperation> Unsynced)
{
    /// <summary>The content that a running system sees: every operation has arrived.</summary>
    public byte[] Visible() => Image([.. Unsynced.Select(_ => Fate.Arrived)]);

    /// <summary>The content after a power failure.</summary>
    /// <param name="fates">What became of each unsynced operation.</param>
    public byte[] Image(IReadOnlyList<Fate> fates) => Fill(new DiskContent([]), fates).Span.ToArray();

    /// <summary>As <see cref="Image"/> for one possibility after the other, in a buffer that is used again for the next: for
    /// searches that keep few of many images.</summary>
    /// <param name="possibilities">Fates for each unsynced operation.</param>
    /// <returns>The possibilities, each with its image.</returns>
    public IEnumerable<(Fate[] Fates, ReadOnlyMemory<byte> Image)> Images(IEnumerable<Fate[]> possibilities)
    {
        var content = new DiskContent([]);
        foreach (var fates in possibilities)
        {
            yield return (fates, Fill(content, fates));
        }
    }

    private ReadOnlyMemory<byte> Fill(DiskContent content, IReadOnlyList<Fate> fates)
    {
        content.Load(Durable);
        for (var i = 0; i < Unsynced.Count; i++)
        {
            content.Apply(Unsynced[i], fates[i]);
        }

        return content.Memory;
    }
}

/// <summary>Bytes with a length, as a file has them.</summary>
internal sealed class DiskContent(byte[] start)
{
    private byte[] _bytes = (byte[])start.Clone();

    public int Length { get; private set; } = start.Length;

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public byte[] ToArray() => Memory.ToArray();

    public void Load(byte[] content)
    {
        Resize(0);
        Resize(content.Length);
        content.CopyTo(_bytes, 0);
    }

    public int Read(long offset, Span<byte> destination)
    {
        var from = _bytes.AsSpan(0, Length)[(int)Math.Min(offset, Length)..];
        var count = Math.Min(from.Length, destination.Length);
        from[..count].CopyTo(destination);
        return count;
    }

    public void Apply(DiskOperation operation, Fate fate)
    {
        switch (operation)
        {
            case DiskOperation.SetLength set when !fate.Equals(Fate.Lost):
                Resize((int)set.Length);
                break;
            case DiskOperation.Write write:
                Write((int)write.Offset, write.Bytes, fate);
                break;
            default:
                break;
        }
    }

    private void Write(int offset, byte[] bytes, Fate fate)
    {
        // A length that was lost is made good by the last byte that arrived beyond it; what lies between reads as zero.
        var sectors = (bytes.Length + Fate.SectorSize - 1) / Fate.SectorSize;
        for (var sector = 0; sector < sectors; sector++)
        {
            var from = sector * Fate.SectorSize;
            var to = Math.Min(from + Fate.SectorSize, bytes.Length);
            if (!fate.Reaches(sector, sectors))
            {
                continue;
            }

            if (offset + to > Length)
            {
                Resize(offset + to);
            }

            var old = _bytes.AsSpan((offset + from)..(offset + to));
            if (!old.SequenceEqual(bytes.AsSpan(from..to)))
            {
                bytes.AsSpan(from..to).CopyTo(old);
                fate.Spoil(sector, sectors, old);
            }
        }
    }

    private void Resize(int length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 2));
        }

        if (length < Length)
        {
            _bytes.AsSpan(length..Length).Clear();
        }

        Length = length;
    }
}
