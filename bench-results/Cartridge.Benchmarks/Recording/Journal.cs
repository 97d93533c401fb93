using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cartridge.Benchmarks;

/// <summary>The figures of one machine: <c>results.json</c>, and <c>results.md</c> made from it.</summary>
internal sealed record Journal
{
    private const string JsonName = "results.json";
    private const string MarkdownName = "results.md";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The machine, as the last run found it; null before the first.</summary>
    public Machine? Machine { get; init; }

    /// <summary>The newest result of each comparison, in the order of the catalogue.</summary>
    public IReadOnlyList<Result> Results { get; init; } = [];

    /// <summary>Reads what a folder has; an empty journal if it has nothing.</summary>
    public static Journal Load(string folder)
    {
        var path = Path.Combine(folder, JsonName);
        return File.Exists(path) ? JsonSerializer.Deserialize<Journal>(File.ReadAllText(path), Json)! : new Journal();
    }

    /// <summary>The journal with a result in place of an older one of the same comparison.</summary>
    public Journal With(Result result)
    {
        var all = Results.Where(old => old.Id != result.Id).Append(result).ToList();
        return this with { Results = [.. Catalogue.Ids.Join(all, id => id, r => r.Id, (_, r) => r, StringComparer.Ordinal)] };
    }

    /// <summary>The result of a comparison, if there is one.</summary>
    public Result? ResultOf(string id) => Results.FirstOrDefault(result => result.Id == id);

    /// <summary>Writes both files.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Machine is not null)
        {
            File.WriteAllText(Path.Combine(folder, JsonName), JsonSerializer.Serialize(this, Json) + "\n");
        }

        File.WriteAllText(Path.Combine(folder, MarkdownName), Tables.Of(this, hasNotes: File.Exists(Path.Combine(folder, "notes.md"))));
    }
}
