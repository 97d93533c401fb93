using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cartridge.Codecs;
using Cartridge.Conformance.Adapters;
using Cartridge.Conformance.Mending;
using Cartridge.Conformance.Projecting;
using Cartridge.Conformance.Vectors;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Writes the vectors' files from the catalogue. Equal catalogues give equal files: ids and clock stand still, and nothing depends on
/// the machine or the day.
/// </summary>
internal sealed class Generator
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Dictionary<string, Source> _sources = Catalogue.All.ToDictionary(source => source.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Made> _made = new(StringComparer.Ordinal);

    /// <summary>Writes all vectors below a folder; what stands there of the same names is replaced.</summary>
    /// <returns>How many there are.</returns>
    public int WriteAll(string root)
    {
        foreach (Source source in _sources.Values)
        {
            string folder = Path.Combine([root, .. source.Id.Split('/')]);
            Directory.CreateDirectory(folder);
            foreach ((string file, string text) in Files(source))
            {
                File.WriteAllText(Path.Combine(folder, file), text, Utf8);
            }
        }

        return _sources.Count;
    }

    /// <summary>The files of one vector: their names and texts.</summary>
    public IEnumerable<(string File, string Text)> Files(Source source)
    {
        Made made = Make(source.Id);
        JsonObject? projection = source is Accepted ? Project(source, made.Bytes) : null;
        yield return (VectorFolder.CaseFile, CaseOf(source, made, projection).ToJson());
        yield return (VectorFolder.InputFile, CartHex.Write(made.Bytes, HintsFor(source, made)));
        if (projection is not null)
        {
            yield return (VectorFolder.ProjectionFile, CanonicalJson.Document(projection));
        }
    }

    /// <summary>The bytes of a vector's input.</summary>
    public byte[] Bytes(string id) => Make(id).Bytes;

    private Made Make(string id) => _made.TryGetValue(id, out Made? known) ? known : _made[id] = MakeAnew(_sources[id]);

    private Made MakeAnew(Source source)
    {
        switch (source)
        {
            case Accepted { Make: { } make }:
                using (Maker maker = new("vector"))
                {
                    make(maker);
                    return new Made(maker.Finish(), maker.Generated, null, null);
                }

            case Accepted { Foreign: not null }:
                string text = File.ReadAllText(new VectorFolder(VectorFolder.Find()).PathOf(source.Id, VectorFolder.InputFile));
                return new Made(CartHex.Read(text), Gen.NamedIn(text), null, null);
            case Accepted { Base: { } varied, Vary: { } vary }:
                return Vary(varied, vary);
            case Rejected rejected:
                return Vary(rejected.Base, rejected.Make);
            case Denied denied:
                return Vary(denied.Of, static _ => { });
            default:
                throw new InvalidOperationException($"{source.Id} says neither how it is made nor what it varies");
        }
    }

    private Made Vary(string baseId, Action<Mender> vary)
    {
        Made varied = Make(baseId);
        Mender mender = new(varied.Bytes);
        vary(mender);
        return new Made(mender.Bytes, varied.Generated, baseId, mender);
    }

    private CartHexHints HintsFor(Source source, Made made) => new()
    {
        Generated = made.Generated,
        OwnerOf = source.IsFormatOne ? static _ => "" : (made.Mender?.Chart ?? new Chart(made.Bytes)).OwnerOf,
        Base = made.Base is null ? null : (made.Base, Make(made.Base).Bytes),
    };

    private static VectorCase CaseOf(Source source, Made made, JsonObject? projection) => new()
    {
        Id = source.Id,
        Title = source.Title,
        Why = source.Why,
        Requirements = source.Requirements,
        Features = source.Features,
        Since = source.Since,
        Input = new CaseInput(VectorFolder.InputFile, Convert.ToHexStringLower(SHA256.HashData(made.Bytes)), made.Bytes.Length),
        Keys = source.Keys,
        WithoutKeyOf = (source as Denied)?.Of,
        Steps = source switch
        {
            Rejected rejected => rejected.When.Steps,
            Denied denied => denied.When.Steps,
            _ => StepsFor(projection!),
        },
        Expect = source switch
        {
            Accepted accepted => ExpectationOf(accepted),
            Rejected refused => new Expectation("reject") { When = refused.When.When, Codes = [refused.Code, .. refused.Also] },
            Denied denied => new Expectation("reject") { When = denied.When.When, Codes = [denied.Code] },
            _ => throw new InvalidOperationException($"{source.Id} has no outcome"),
        },
        Fault = FaultOf(source, made),
        Provenance = source switch
        {
            Accepted { Foreign: { } foreign } => foreign,
            Denied denied => $"The container of {denied.Of}; `vectors generate` makes it again.",
            _ when made.Base is null => "Made by the reference; `vectors generate` makes it again.",
            _ => $"Varied by hand from {made.Base}; `vectors generate` makes it again.",
        },
    };

    private static Expectation ExpectationOf(Accepted accepted)
    {
        Expectation silent = new("accept") { Projection = VectorFolder.ProjectionFile };
        Expectation told = silent with { Warnings = accepted.Warnings, Notes = accepted.Notes };
        return accepted.Should is not { } should ? told : new Expectation("choice")
        {
            Outcomes =
            [
                told with { May = $"{should} recommends the warning." },
                silent with { May = $"{should} does not demand it." },
            ],
        };
    }

    /// <summary>A fault is what somebody is to notice: by refusing, by warning or by a note.</summary>
    private static Fault? FaultOf(Source source, Made made)
    {
        string? mutation = source switch
        {
            Rejected rejected => rejected.Mutation,
            Accepted accepted => accepted.Mutation,
            _ => null,
        };
        if (made.Mender is not { } mender || mutation is null)
        {
            return null;
        }

        FaultPlace first = mender.Places[0];
        return new Fault(made.Base!, first.Page, first.Offset, first.Length, mender.Field, mutation)
        {
            Also = mender.Places.Count > 1 ? [.. mender.Places.Skip(1)] : null,
            Mended = mender.Mended.Count > 0 ? [.. mender.Mended] : null,
        };
    }

    /// <summary>Everything that a reader can be asked of a sound container.</summary>
    private static List<CaseStep> StepsFor(JsonObject projection)
    {
        List<CaseStep> steps = [new CaseStep("inspect"), new CaseStep("list")];
        AddReading(steps, projection, null);
        if (projection["snapshots"] is JsonArray snapshots)
        {
            steps.Add(new CaseStep("snapshots"));
            foreach (JsonNode? snapshot in snapshots)
            {
                AddReading(steps, snapshot!.AsObject(), snapshot["name"]!.GetValue<string>());
            }
        }

        steps.Add(new CaseStep("verify"));
        return steps;
    }

    private static void AddReading(List<CaseStep> steps, JsonObject state, string? snapshot)
    {
        List<string> contents =
        [
            .. state["entries"]!.AsArray()
                .Where(entry => entry!.AsObject().ContainsKey("sha256"))
                .Select(entry => entry!["path"]!.GetValue<string>()),
        ];
        if (contents.Count > 0)
        {
            steps.Add(Moment.Reading(contents, snapshot));
        }
    }

    private static JsonObject Project(Source source, byte[] bytes)
    {
        if (source.IsFormatOne)
        {
            ReadOnlyMemory<byte>? raw = FormatOneReader.KeyOf(source.Keys?.ToRequest());
            using Format1File old = Format1File.Open(new MemoryMedium([.. bytes], readOnly: true), new Format1OpenOptions { Key = raw });
            return FormatOneProjection.Of(old, raw is not null);
        }

        using CartridgeKey? key = ReferenceAdapter.KeyOf(source.Keys?.ToRequest());
        using MemoryMedium medium = new([.. bytes], readOnly: true);
        using CartridgeFile container = CartridgeFile.Open(medium, new OpenOptions { ReadOnly = true, Key = key, Codecs = SystemCodecs.All });
        return EngineProjection.Of(container);
    }

    /// <summary>A container, and how it came to be.</summary>
    private sealed record Made(byte[] Bytes, IReadOnlyList<(long Seed, int Length)> Generated, string? Base, Mender? Mender);
}
