using System.Collections.ObjectModel;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>What of an entry's record format 1 can have, what it cannot, and what has to be said of the rest; the way back of
/// <see cref="EntryConversion"/>.</summary>
internal static class ExportConversion
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Converts all but the content.</summary>
    /// <param name="entry">The entry of format 3.</param>
    /// <param name="isEncrypted">Whether its content will be encrypted.</param>
    /// <param name="troubles">Takes what format 1 cannot hold; the record does without it.</param>
    /// <param name="remarks">Takes what is different by rule.</param>
    public static Format1Entry Convert(CartridgeEntry entry, bool isEncrypted, List<Format1Trouble> troubles, List<string> remarks)
    {
        if (entry.Created < 0 || entry.Modified < 0)
        {
            troubles.Add(new(Format1Obstacle.EarlyTime, "a time before 1970, and times of format 1 begin there", TakesEntry: false));
        }

        if (entry.ExtendedAttributes.Count > 0)
        {
            var names = string.Join(", ", entry.ExtendedAttributes.Keys.Order(StringComparer.Ordinal).Select(Judge.Brief));
            troubles.Add(new(Format1Obstacle.ExtendedAttributes, $"extended attributes, for which format 1 has no place: {names}", TakesEntry: false));
        }

        var metadata = entry.UserMetadata.Where(pair => !IsReserved(pair, isEncrypted)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (metadata.Count < entry.UserMetadata.Count)
        {
            troubles.Add(new(Format1Obstacle.ReservedMetadata, "user metadata by which format 1 says that a content is encrypted", TakesEntry: false));
        }

        if (entry.Created % NanosecondsPerSecond != 0 || entry.Modified % NanosecondsPerSecond != 0)
        {
            remarks.Add("times lose what is less than a second");
        }

        if (entry.Uid != 0 || entry.Gid != 0)
        {
            remarks.Add("the numbers of owner and group are not kept, the owner's name is");
        }

        return new Format1Entry
        {
            Path = entry.Path,
            Type = entry.Type,
            Size = (ulong)entry.Size,
            Created = Seconds(entry.Created),
            Modified = Seconds(entry.Modified),
            Permissions = (uint)entry.Mode,
            Owner = entry.Owner,
            ContentHash = entry.ContentHash,
            ContentType = entry.ContentType,
            UserMetadata = metadata.Count > 0 ? metadata : ReadOnlyDictionary<string, string>.Empty,
        };
    }

    /// <summary>Seconds since 1970, of which there are none before it.</summary>
    public static ulong Seconds(long nanoseconds) => (ulong)(Math.Max(0, nanoseconds) / NanosecondsPerSecond);

    /// <summary>A plain content must not pass for an encrypted one, and an encrypted one has both names for itself.</summary>
    private static bool IsReserved(KeyValuePair<string, string> pair, bool isEncrypted) =>
        isEncrypted ? pair.Key is Format1Entry.EncryptedName or Format1Entry.EncryptedSizeName : pair is { Key: Format1Entry.EncryptedName, Value: "true" };
}
