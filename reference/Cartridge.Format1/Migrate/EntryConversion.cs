using System.Text;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>What of an entry's record format 3 can have, and what has to be said of the rest.</summary>
internal static class EntryConversion
{
    private const int ModeBits = 0xFFF;
    private const int MaxOwner = 255;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Converts all but path and content.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="remarks">Takes what is different afterwards.</param>
    public static EntryMetadata Metadata(Format1Entry entry, List<string> remarks)
    {
        var mode = (int)(entry.Permissions & ModeBits);
        if (mode != entry.Permissions)
        {
            remarks.Add($"of the permissions {Convert.ToString(entry.Permissions, 8)} the last four digits are kept");
        }

        var owner = entry.Owner;
        while (Encoding.UTF8.GetByteCount(owner) > MaxOwner)
        {
            owner = owner[..^1];
        }

        if (owner.Length < entry.Owner.Length)
        {
            remarks.Add($"the owner's name is cut to {MaxOwner} bytes");
        }

        // The new container encrypts in its own way and says so in its own place.
        var metadata = !entry.IsEncrypted ? entry.UserMetadata : entry.UserMetadata
            .Where(pair => pair.Key is not (Format1Entry.EncryptedName or Format1Entry.EncryptedSizeName))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return new EntryMetadata
        {
            Mode = mode,
            Owner = owner,
            Created = Nanoseconds(entry.Created, remarks),
            Modified = Nanoseconds(entry.Modified, remarks),
            ContentType = entry.ContentType,
            UserMetadata = metadata,
            RecordContentHash = entry.ContentHash is not null,
        };
    }

    /// <summary>The nearest slug to a name; a container has to have one.</summary>
    public static string Slug(string name)
    {
        const int MaxLength = 255;
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            _ = char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? slug.Append(letter)
                : slug.Length > 0 && slug[^1] != '-' ? slug.Append('-')
                : slug;
        }

        var text = slug.ToString(0, Math.Min(slug.Length, MaxLength)).TrimEnd('-');
        return text.Length > 0 ? text : "migrated";
    }

    /// <summary>A title, as much of it as fits.</summary>
    public static string Title(string title)
    {
        const int MaxLength = 255;
        while (Encoding.UTF8.GetByteCount(title) > MaxLength)
        {
            title = title[..(char.IsLowSurrogate(title[^1]) ? ^2 : ^1)];
        }

        return title;
    }

    private static long Nanoseconds(ulong seconds, List<string> remarks)
    {
        if (seconds <= (ulong)long.MaxValue / NanosecondsPerSecond)
        {
            return (long)(seconds * NanosecondsPerSecond);
        }

        remarks.Add($"the time {seconds} lies beyond what format 3 can say; its latest is recorded");
        return long.MaxValue;
    }
}
