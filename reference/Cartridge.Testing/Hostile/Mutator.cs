using System.Buffers.Binary;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// Changes containers as accidents and attackers do: bits, whole fields set to the values at which programs trip, fields and
/// pages exchanged, ends cut off. What it does follows from the seed alone.
/// </summary>
/// <param name="random">Where all choices come from.</param>
/// <param name="donors">Other containers, for pages that stray.</param>
public sealed class Mutator(Random random, IReadOnlyList<byte[]> donors)
{
    private const int MostChanges = 3;

    private static readonly ulong[] Tripwires =
    [
        0, 1, 2, 3, 4, 63, 64, 65, 115, 116, 127, 128, 255, 256, 512, 513, 1152, 1153, 2000, 2001, 4095, 4096, 4097, 65535,
        65536, 262144, 262145, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, 1UL << 51, (1UL << 51) - 1, (1UL << 51) + 1,
        1UL << 52, long.MaxValue, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    /// <summary>Changes a copy of a container in one to three ways, and mends the hashes in three of four cases.</summary>
    public byte[] Apply(byte[] container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var bytes = (byte[])container.Clone();
        for (var left = random.Next(MostChanges); left >= 0; left--)
        {
            bytes = Change(bytes);
        }

        if (random.Next(4) > 0)
        {
            Mender.Mend(bytes, hmacToo: random.Next(2) == 0);
        }

        return bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        if (bytes.Length < Format.PageSize)
        {
            return bytes;
        }

        switch (random.Next(20))
        {
            case 0 or 1:
                FlipBits(bytes);
                return bytes;
            case 9:
                Age(bytes);
                return bytes;
            case 2:
                return bytes[..random.Next(bytes.Length + 1)];
            case 3:
                return bytes[..(random.Next((bytes.Length / Format.PageSize) + 1) * Format.PageSize)];
            case 4:
                SplicePage(bytes, bytes);
                return bytes;
            case 5:
                SplicePage(bytes, donors[random.Next(donors.Count)]);
                return bytes;
            case 6 or 7 or 8:
                CopyField(bytes);
                return bytes;
            default:
                ChangeField(bytes);
                return bytes;
        }
    }

    private void FlipBits(byte[] bytes)
    {
        var page = PickPage(bytes).Page * Format.PageSize;
        for (var left = random.Next(8); left >= 0; left--)
        {
            bytes[page + random.Next(Format.PageSize)] ^= (byte)(1 << random.Next(8));
        }
    }

    /// <summary>Lets both records be the last two that the numbers allow, or nearly.</summary>
    private void Age(byte[] bytes)
    {
        var last = random.Next(2) == 0 ? ulong.MaxValue : Tripwires[random.Next(Tripwires.Length)];
        for (var page = 1; page <= 2 && bytes.Length >= Format.FixedBlocks * Format.PageSize; page++)
        {
            var generation = CommitRecord.PageOf(last) == page ? last : unchecked(last - 1);
            var record = bytes.AsSpan(page * Format.PageSize, Format.PageSize);
            BinaryPrimitives.WriteUInt64LittleEndian(record[PageHeaderFieldLocations.Birth..], generation);
            BinaryPrimitives.WriteUInt64LittleEndian(record[CommitFieldLocations.Generation..], generation);
        }
    }

    private void SplicePage(byte[] bytes, byte[] donor)
    {
        var from = random.Next(donor.Length / Format.PageSize) * Format.PageSize;
        var to = PickPage(bytes).Page * (long)Format.PageSize;
        donor.AsSpan(from, Format.PageSize).CopyTo(bytes.AsSpan((int)to));
    }

    /// <summary>Gives a field the value of another one: references that knot trees, runs that overlap, keys that repeat.</summary>
    private void CopyField(byte[] bytes)
    {
        var (target, source) = (PickPage(bytes), PickPage(bytes));
        if (Pick(target.Fields) is not { } field)
        {
            return;
        }

        var alike = source.Fields.Where(other => other.Length == field.Length).ToList();
        if (Pick(alike) is { } model)
        {
            // A reference is three fields, which only together lead anywhere.
            var length = field.Name.EndsWith(": page", StringComparison.Ordinal) && random.Next(2) == 0 ? PageReferenceLength : field.Length;
            var from = (int)(source.Page * Format.PageSize) + model.Offset;
            var to = (int)(target.Page * Format.PageSize) + field.Offset;
            length = Math.Min(length, bytes.Length - Math.Max(from, to));
            bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(to));
        }
    }

    private void ChangeField(byte[] bytes)
    {
        var page = PickPage(bytes);
        if (Pick(page.Fields) is not { } field)
        {
            FlipBits(bytes);
            return;
        }

        var span = bytes.AsSpan((int)(page.Page * Format.PageSize) + field.Offset, field.Length);
        if (span.Length > sizeof(ulong))
        {
            span[random.Next(span.Length)] = (byte)random.Next(256);
            return;
        }

        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        span.CopyTo(number);
        BinaryPrimitives.WriteUInt64LittleEndian(number, Value(BinaryPrimitives.ReadUInt64LittleEndian(number), bytes));
        number[..span.Length].CopyTo(span);
    }

    private ulong Value(ulong old, byte[] bytes) => random.Next(6) switch
    {
        0 => unchecked(old + 1),
        1 => unchecked(old - 1),
        2 => old ^ (1UL << random.Next(64)),
        3 => (ulong)random.Next((bytes.Length / Format.PageSize) + 2),
        _ => Tripwires[random.Next(Tripwires.Length)],
    };

    /// <summary>A page, rather one that is not bare content.</summary>
    private PageDescription PickPage(byte[] bytes)
    {
        using var medium = new MemoryMedium(bytes, readOnly: true);
        var pages = bytes.Length / Format.PageSize;
        var page = PageInspector.Describe(medium, random.Next(3) == 0 ? random.Next(Math.Min(pages, 3)) : random.Next(pages));
        for (var tries = 0; tries < 20 && page.Fields.Count == 0; tries++)
        {
            page = PageInspector.Describe(medium, random.Next(pages));
        }

        return page;
    }

    private T? Pick<T>(IReadOnlyList<T> items)
        where T : class => items.Count == 0 ? null : items[random.Next(items.Count)];

    private const int PageReferenceLength = 48;
}
