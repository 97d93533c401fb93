using System.Globalization;
using System.Text.Json;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>A snapshot as commands show it.</summary>
internal static class SnapshotFacts
{
    /// <summary>Writes the members that every command gives.</summary>
    public static void Write(Utf8JsonWriter json, SnapshotInfo snapshot)
    {
        json.WriteString("name", snapshot.Name);
        json.WriteNumber("id", snapshot.Id);
        json.WriteNumber("generation", snapshot.Generation);
        json.WriteString("created", Words.ExactTime(snapshot.Created));
        json.WriteNumber("entries", snapshot.Entries);
        json.WriteBoolean("base", snapshot.IsBase);
    }

    /// <summary>Writes what a state holds, of a container or of a snapshot.</summary>
    public static void WriteCounts(Utf8JsonWriter json, ContainerStatistics statistics)
    {
        json.WriteNumber("files", statistics.Files);
        json.WriteNumber("directories", statistics.Directories);
        json.WriteNumber("symlinks", statistics.SymbolicLinks);
        json.WritePropertyName("content_bytes");
        json.WriteRawValue(statistics.LogicalBytes.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("stored_bytes", statistics.StoredBytes + statistics.InlineBytes);
    }

    /// <summary>Says all that is known of a snapshot.</summary>
    public static void Print(Session session, SnapshotInfo snapshot, ContainerStatistics statistics, bool isJson)
    {
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                Write(json, snapshot);
                WriteCounts(json, statistics);
            });
            return;
        }

        var facts = new Facts();
        facts.Add("snapshot", snapshot.Name);
        facts.Add("id", Number(snapshot.Id));
        facts.Add("generation", Number(snapshot.Generation));
        facts.Add("created", Words.ExactTime(snapshot.Created));
        facts.Add("base", snapshot.IsBase ? "yes: the current state goes on from it" : "no");
        facts.Add("files", Number(statistics.Files));
        facts.Add("directories", Number(statistics.Directories));
        facts.Add("symlinks", Number(statistics.SymbolicLinks));
        facts.Add("content", $"{statistics.LogicalBytes.ToString(CultureInfo.InvariantCulture)} bytes, {Number(statistics.StoredBytes + statistics.InlineBytes)} stored");
        facts.Print(session.Output);
    }

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
