using System.Text;
using System.Text.Json.Nodes;
using Cartridge.Codecs;
using Cartridge.Conformance.Projecting;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Vectors;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Conformance.Adapters;

/// <summary>The reference implementation behind the protocol: the adapter that <c>run</c> starts unless it is given another.</summary>
internal sealed class ReferenceAdapter : IAdapter
{
    public Hello Hello { get; } = new(
        "Cartridge.Reference", SuiteVersion.Current, [1, 3], ["inspect", "list", "read", "snapshots", "verify"], Features(), "code");

    /// <summary>Codecs are offered where the system has their libraries.</summary>
    private static string[] Features() =>
    [
        "core", "format-1", "crc-32c", "encryption", .. SystemCodecs.All.Where(codec => codec.IsAvailable).Select(codec => CodecId.NameOf(codec.Id)),
    ];

    public Answer Run(Request request)
    {
        try
        {
            return Format1File.IsFormat1(request.Input) ? FormatOneReader.Run(request) : request.Operation switch
            {
                "inspect" => Reading(request, container => EngineProjection.HeadOf(container)),
                "list" => Reading(request, List),
                "read" => Reading(request, container => Read(container, request)),
                "snapshots" => Reading(request, Snapshots),
                "verify" => Verify(request),
                _ => new Answer.Unsupported($"there is no operation '{request.Operation}'"),
            };
        }
        catch (CartridgeException e) when (e.Code.Class != "api")
        {
            // What is wrong with the container; what is wrong with the request or the system stays an error.
            return new Answer.Reject(e.Code.Class, e.Code.Name, e.Finding?.Page);
        }
    }

    private static Answer.Ok Reading(Request request, Func<CartridgeFile, JsonObject> read)
    {
        using CartridgeKey? key = KeyOf(request.Key);
        using CartridgeFile container = CartridgeFile.OpenReadOnly(request.Input, new OpenOptions { Key = key, Codecs = SystemCodecs.All });
        return new Answer.Ok(read(container));
    }

    private static JsonObject List(CartridgeFile container) => new() { ["entries"] = EntriesOf(container) };

    private static JsonArray EntriesOf(CartridgeView view) => new([.. view.List().Select(EngineProjection.EntryOf)]);

    private static JsonObject Snapshots(CartridgeFile container) => new()
    {
        ["snapshots"] = new JsonArray([.. container.Snapshots.Select(snapshot => EngineProjection.Of(container, snapshot, EntriesOf))]),
    };

    private static JsonObject Read(CartridgeFile container, Request request)
    {
        using CartridgeReader reader = request.Arguments["snapshot"] is { } name ? container.OpenSnapshot(name.GetValue<string>()) : container.OpenReader();
        Read(reader, request);
        return [];
    }

    private static void Read(CartridgeView container, Request request)
    {
        JsonArray paths = request.Arguments["paths"]!.AsArray();
        for (int i = 0; i < paths.Count; i++)
        {
            string path = paths[i]!.GetValue<string>();
            using FileStream output = File.Create(Path.Combine(request.OutputFolder, $"{i}"));
            if (container.GetEntry(path).Type == EntryType.SymbolicLink)
            {
                output.Write(Encoding.UTF8.GetBytes(container.ReadLink(path)));
            }
            else
            {
                container.CopyTo(path, output);
            }
        }
    }

    /// <summary>A request's key in the engine's words.</summary>
    internal static CartridgeKey? KeyOf(string? key) => CaseKey.FromRequest(key) switch
    {
        null => null,
        { Raw: { } raw } => CartridgeKey.FromBytes(Convert.FromHexString(raw)),
        { Passphrase: var passphrase } => CartridgeKey.FromPassphrase(passphrase),
    };

    private static Answer Verify(Request request)
    {
        using CartridgeKey? key = KeyOf(request.Key);
        VerifyReport report = Verifier.Verify(request.Input, new VerifyOptions { Key = key, Codecs = SystemCodecs.All });
        return report.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error
            ? new Answer.Reject(error.Code.Class, error.Code.Name, error.Page)
            : new Answer.Ok(new JsonObject
            {
                ["generation"] = report.Generation,
                ["stateHash"] = report.StateHash,
                ["warnings"] = CodesOf(report, Severity.Warning),
                ["notes"] = CodesOf(report, Severity.Note),
            });
    }

    private static JsonArray CodesOf(VerifyReport report, Severity severity) => new([.. report.Findings
        .Where(finding => finding.Severity == severity)
        .Select(finding => JsonValue.Create(finding.Code.ToString()))]);
}
