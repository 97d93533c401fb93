namespace Cartridge.Formats.Walk;

/// <summary>Writes projections, key by key in their fixed order.</summary>
internal static class ProjectionJson
{
    internal static void Write(Projection projection, TextWriter writer)
    {
        JsonText json = new(writer);
        json.BeginObject();
        json.Name("format").Number((long)projection.Format);
        json.Name("slug").String(projection.Slug);
        json.Name("title").String(projection.Title);
        json.Name("containerId").String(projection.ContainerId);
        json.Name("created").Number(projection.Created);
        json.Name("contentChecksum").String(projection.ContentChecksum);
        json.Name("generation").Number(projection.Generation);
        json.Name("stateHash").String(projection.StateHash);
        Write(projection.Entries, json);
        if (projection.Snapshots.Count > 0)
        {
            json.Name("snapshots").BeginArray();
            foreach (ProjectionSnapshot snapshot in projection.Snapshots)
            {
                Write(snapshot, json);
            }

            json.EndArray();
        }

        json.EndObject();
        json.EndText();
    }

    private static void Write(ProjectionSnapshot snapshot, JsonText json)
    {
        json.BeginObject();
        json.Name("name").String(snapshot.Name);
        json.Name("id").Number(snapshot.Id);
        json.Name("generation").Number(snapshot.Generation);
        json.Name("created").Number(snapshot.Created);
        json.Name("stateHash").String(snapshot.StateHash);
        Write(snapshot.Entries, json);
        json.EndObject();
    }

    private static void Write(IReadOnlyList<ProjectionEntry> entries, JsonText json)
    {
        json.Name("entries").BeginArray();
        foreach (ProjectionEntry entry in entries)
        {
            Write(entry, json);
        }

        json.EndArray();
    }

    private static void Write(ProjectionEntry entry, JsonText json)
    {
        json.BeginObject();
        json.Name("path").String(entry.Path);
        json.Name("type").String(entry.Type);
        json.Name("size").Number(entry.Size);
        WriteIfThere("sha256", entry.Sha256, json);
        WriteIfThere("target", entry.Target, json);
        json.Name("mode").String(Octal(entry.Mode));
        json.Name("uid").Number((ulong)entry.Uid);
        json.Name("gid").Number((ulong)entry.Gid);
        json.Name("owner").String(entry.Owner);
        json.Name("created").Number(entry.Created);
        json.Name("modified").Number(entry.Modified);
        WriteIfThere("contentHash", entry.ContentHash, json);
        WriteIfThere("contentType", entry.ContentType, json);
        WriteIfAny("userMetadata", entry.UserMetadata, json);
        WriteIfAny("extendedAttributes", entry.ExtendedAttributes, json);
        json.EndObject();
    }

    private static void WriteIfThere(string name, string? value, JsonText json)
    {
        if (value is not null)
        {
            json.Name(name).String(value);
        }
    }

    private static void WriteIfAny(string name, IReadOnlyList<KeyValuePair<string, string>> values, JsonText json)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.Name(name).BeginObject();
        foreach ((string key, string value) in values)
        {
            json.Name(key).String(value);
        }

        json.EndObject();
    }

    private static string Octal(int mode) => Convert.ToString(mode, toBase: 8).PadLeft(4, '0');
}
