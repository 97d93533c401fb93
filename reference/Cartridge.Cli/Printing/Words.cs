using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>The fields of an entry in the words that people know from <c>ls</c>.</summary>
internal static class Words
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int SetUid = 0x800;
    private const int SetGid = 0x400;
    private const int Sticky = 0x200;

    /// <summary>Type and permissions: <c>-rw-r--r--</c>.</summary>
    public static string Mode(EntryType type, int mode)
    {
        Span<char> text = stackalloc char[10];
        text[0] = type switch { EntryType.Directory => 'd', EntryType.SymbolicLink => 'l', _ => '-' };
        for (var bit = 0; bit < 9; bit++)
        {
            text[bit + 1] = (mode & (1 << (8 - bit))) != 0 ? "rwx"[bit % 3] : '-';
        }

        Special(ref text[3], mode & SetUid, 's');
        Special(ref text[6], mode & SetGid, 's');
        Special(ref text[9], mode & Sticky, 't');
        return new string(text);
    }

    /// <summary>The mode's twelve bits in octal, as <c>chmod</c> takes them.</summary>
    public static string Octal(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    /// <summary>A point in time, UTC, to the second: <c>2026-01-31 08:30:00</c>.</summary>
    public static string Time(long nanoseconds) => Seconds(nanoseconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A point in time, UTC, to the nanosecond, as ISO 8601 writes it.</summary>
    public static string ExactTime(long nanoseconds)
    {
        var fraction = nanoseconds - (Math.DivRem(nanoseconds, NanosecondsPerSecond, out var rest) * NanosecondsPerSecond);
        fraction = rest < 0 ? fraction + NanosecondsPerSecond : fraction;
        return string.Create(CultureInfo.InvariantCulture, $"{Seconds(nanoseconds):yyyy-MM-ddTHH:mm:ss}.{fraction:d9}Z");
    }

    /// <summary>Type names as <c>--json</c> gives them.</summary>
    public static string Type(EntryType type) => type switch
    {
        EntryType.File => "file",
        EntryType.Directory => "directory",
        EntryType.SymbolicLink => "symlink",
        _ => "unknown",
    };

    /// <summary>A number of bytes to the nearest tenth of a larger unit: <c>34.5 MiB</c>.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? $"{bytes}" : $"{value:0.0}")} {units[unit]}");
    }

    /// <summary>A number and its noun: <c>1 entry</c>, <c>2 entries</c>.</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>A message as it stands on one line behind a colon: without its full stop, in one row.</summary>
    public static string OnOneLine(string message)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.EndsWith('.') ? line[..^1] : line;
    }

    private static DateTimeOffset Seconds(long nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor((decimal)nanoseconds / NanosecondsPerSecond));

    /// <summary>A special bit shows in the place of an execute bit, as a capital where that is not set.</summary>
    private static void Special(ref char place, int isSet, char letter)
    {
        if (isSet != 0)
        {
            place = place == 'x' ? letter : char.ToUpperInvariant(letter);
        }
    }
}
