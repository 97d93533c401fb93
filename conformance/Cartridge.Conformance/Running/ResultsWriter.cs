using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Running;

/// <summary>
/// The report of a run, a JSON object a line, written while the run goes on: a first line for the run, one for each vector, and a
/// closing one. A report without its closing line, or whose closing line says so, is partial.
/// </summary>
internal sealed class ResultsWriter : IDisposable
{
    private readonly StreamWriter _lines;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private bool _complete;

    public ResultsWriter(string path, Hello hello)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _lines = new StreamWriter(path) { NewLine = "\n", AutoFlush = true };
        _lines.WriteLine(CanonicalJson.Line(new JsonObject
        {
            ["record"] = "run",
            ["suite"] = SuiteVersion.Current,
            ["implementation"] = hello.Name,
            ["version"] = hello.Version,
            ["formats"] = new JsonArray([.. hello.Formats.Select(format => JsonValue.Create(format))]),
            ["operations"] = Strings(hello.Operations),
            ["features"] = Strings(hello.Features),
            ["errorDetail"] = hello.ErrorDetail,
            ["checks"] = hello.Checks,
            ["started"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        }));
    }

    /// <summary>How many vectors had each outcome.</summary>
    public int Count(Outcome outcome) => _outcomes.GetValueOrDefault(VectorResult.NameOf(outcome));

    public void Add(VectorResult result)
    {
        string name = VectorResult.NameOf(result.Outcome);
        _outcomes[name] = _outcomes.GetValueOrDefault(name) + 1;
        _lines.WriteLine(CanonicalJson.Line(result.ToJson()));
    }

    /// <summary>Says that no vector is missing. Without it the closing line calls the report partial.</summary>
    public void Complete() => _complete = true;

    public void Dispose()
    {
        JsonObject outcomes = [];
        foreach ((string name, int count) in _outcomes)
        {
            outcomes[name] = count;
        }

        _lines.WriteLine(CanonicalJson.Line(new JsonObject
        {
            ["record"] = "end",
            ["complete"] = _complete,
            ["vectors"] = _outcomes.Values.Sum(),
            ["outcomes"] = outcomes,
            ["milliseconds"] = _watch.ElapsedMilliseconds,
        }));
        _lines.Dispose();
    }

    private static JsonArray Strings(IEnumerable<string> items) => new([.. items.Select(item => JsonValue.Create(item))]);
}
