using System.Buffers.Binary;
using System.Text;

namespace Cartridge.Conformance.Vectors;

internal static partial class CartHex
{
    /// <summary>The text for the bytes (mirrors <see cref="Read"/>); equal input gives equal text.</summary>
    public static string Write(ReadOnlySpan<byte> bytes, CartHexHints hints)
    {
        StringBuilder text = new($"{Heading}\n");
        byte[] under = new byte[bytes.Length];
        if (hints.Base is { } varied)
        {
            text.Append($"base {varied.Id}\n");
            varied.Bytes.AsSpan(0, Math.Min(under.Length, varied.Bytes.Length)).CopyTo(under);
        }

        text.Append($"length {bytes.Length}\n");
        Dictionary<UInt128, (long Seed, long From)> generated = IndexOf(hints.Generated);
        int next = 0; // the first byte that no line has covered
        for (int page = 0; (long)page * PageSize < bytes.Length; page++)
        {
            WritePage(text, bytes, under, page, generated, hints, ref next);
        }

        return text.ToString();
    }

    private static void WritePage(
        StringBuilder text,
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<byte> under,
        int page,
        Dictionary<UInt128, (long Seed, long From)> generated,
        CartHexHints hints,
        ref int next)
    {
        int start = page * PageSize;
        int end = Math.Min(start + PageSize, bytes.Length);
        bool headed = false;
        next = Math.Max(next, start);
        while (next < end)
        {
            // Aligned lines: what follows a generated run begins with a short one.
            int length = Math.Min(LineSize - (next % LineSize), end - next);
            if (bytes.Slice(next, length).SequenceEqual(under.Slice(next, length)))
            {
                next += length;
                continue;
            }

            if (!headed)
            {
                headed = true;
                text.Append($"@{page} {hints.OwnerOf(page)}".TrimEnd()).Append('\n');
            }

            text.Append($"{next - start:x3}: ");
            if (next == start && GeneratedAt(bytes[next..], generated) is { } run)
            {
                text.Append(Gen.Name(run.Seed, run.Length, run.From));
                next += run.Length;
            }
            else
            {
                AppendGroups(text, bytes.Slice(next, length));
                next += length;
            }

            text.Append('\n');
        }
    }

    private static void AppendGroups(StringBuilder text, ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < line.Length; i += GroupSize)
        {
            text.Append(i == 0 ? "" : " ").Append(Convert.ToHexStringLower(line.Slice(i, Math.Min(GroupSize, line.Length - i))));
        }
    }

    /// <summary>
    /// The first 16 bytes of each 4 KiB step of each generated file: blobs begin at page boundaries, so their pages do too.
    /// </summary>
    private static Dictionary<UInt128, (long Seed, long From)> IndexOf(IReadOnlyList<(long Seed, int Length)> generated)
    {
        Dictionary<UInt128, (long Seed, long From)> index = [];
        foreach ((long seed, int length) in generated)
        {
            for (long from = 0; from < length; from += PageSize)
            {
                index.TryAdd(BinaryPrimitives.ReadUInt128BigEndian(Gen.Bytes(seed, 16, from)), (seed, from));
            }
        }

        return index;
    }

    private static (long Seed, long From, int Length)? GeneratedAt(
        ReadOnlySpan<byte> bytes, Dictionary<UInt128, (long Seed, long From)> generated)
    {
        if (bytes.Length < 16 || !generated.TryGetValue(BinaryPrimitives.ReadUInt128BigEndian(bytes), out (long Seed, long From) at))
        {
            return null;
        }

        return (at.Seed, at.From, Gen.CommonLength(bytes, at.Seed, at.From));
    }
}

/// <summary>What the writer knows about the bytes beyond the bytes.</summary>
internal sealed record CartHexHints
{
    /// <summary>The files made by <see cref="Gen"/>: seed and length. Pages that hold them are written by name.</summary>
    public IReadOnlyList<(long Seed, int Length)> Generated { get; init; } = [];

    /// <summary>Who owns a page, for the reader of the text; empty when nobody knows.</summary>
    public Func<long, string> OwnerOf { get; init; } = static _ => "";

    /// <summary>The vector that this one varies, and its bytes: only lines that differ are written.</summary>
    public (string Id, byte[] Bytes)? Base { get; init; }
}
