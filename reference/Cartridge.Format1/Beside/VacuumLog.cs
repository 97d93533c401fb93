using System.Buffers.Binary;

namespace Cartridge.Format1;

/// <summary>The log that a vacuum leaves in the container: what it meant to move, and what it had moved.</summary>
internal static class VacuumLog
{
    /// <summary>Where it is.</summary>
    public const string Path = "wal/vacuum/wal.log";

    /// <summary>The largest log that is read, in bytes.</summary>
    public const int MaxLength = 1 << 24;

    private const int VersionOffset = 4;
    private const int EntryLengthOffset = 6;
    private const int CountOffset = 8;
    private const int CapacityOffset = 20;
    private const int DirtyOffset = 24;
    private const int HeaderLength = 32;
    private const int EntryLength = 64;
    private const int CheckedLength = 38;

    /// <summary>Judges a log. Nothing that a reader needs depends on it.</summary>
    public static void Verify(ReadOnlySpan<byte> log, string path, Judge j)
    {
        var place = new Place(null, null, path);
        var count = log.Length < HeaderLength ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(log[CountOffset..]);
        var isHeader = log.Length >= HeaderLength && log.StartsWith("WALH"u8)
            && BinaryPrimitives.ReadUInt16LittleEndian(log[VersionOffset..]) == 1
            && BinaryPrimitives.ReadUInt16LittleEndian(log[EntryLengthOffset..]) == EntryLength
            && count <= BinaryPrimitives.ReadUInt32LittleEndian(log[CapacityOffset..])
            && count <= (log.Length - HeaderLength) / EntryLength;
        if (!(j.Skips(OneBesideRule.LogHeader) || isHeader
            || j.Fault(OneBesideRule.LogHeader, place, "the log has no sound header", Reference.Severity.Note)))
        {
            return;
        }

        for (var i = 0; i < Math.Min(count, Math.Max(0, log.Length - HeaderLength) / EntryLength); i++)
        {
            var entry = log.Slice(HeaderLength + (i * EntryLength), EntryLength);
            var stored = BinaryPrimitives.ReadUInt32LittleEndian(entry[CheckedLength..]);
            _ = j.Skips(OneBesideRule.LogEntry) || stored == Crc32(entry[..CheckedLength])
                || j.Fault(OneBesideRule.LogEntry, place, $"entry {i + 1} of {count} does not have the checksum that it states", Reference.Severity.Note);
        }
    }

    /// <summary>Whether a program of format 1 that opens a container with this log leaves everything as it is (CART-ONE-119).</summary>
    public static bool IsAtRest(ReadOnlySpan<byte> log)
    {
        var j = Judge.OfAll();
        Verify(log, Path, j);
        return j.Findings.Count == 0 && log[DirtyOffset] == 0;
    }

    /// <summary>CRC-32 with the polynomial of ZIP; the logs are small, so a bit at a time will do.</summary>
    internal static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
