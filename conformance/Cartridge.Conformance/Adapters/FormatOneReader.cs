using System.Text.Json.Nodes;
using Cartridge.Conformance.Projecting;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Vectors;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Conformance.Adapters;

/// <summary>The reference's reader of format 1 behind the protocol.</summary>
internal static class FormatOneReader
{
    /// <summary>Answers a request for a container that begins as one of format 1.</summary>
    /// <exception cref="CartridgeException">What is wrong with the container.</exception>
    public static Answer Run(Request request)
    {
        switch (request.Operation)
        {
            case "inspect":
                return Reading(request, FormatOneProjection.HeadOf);
            case "list":
                return Reading(request, container => new JsonObject { ["entries"] = FormatOneProjection.EntriesOf(container) });
            case "read":
                return Reading(request, container => Read(container, request));
            case "verify":
                Format1Report report = Format1Verifier.Verify(request.Input, new Format1VerifyOptions { Key = KeyOf(request.Key) });
                return report.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error
                    ? new Answer.Reject(error.Code.Class, error.Code.Name, error.Page)
                    : new Answer.Ok(new JsonObject { ["warnings"] = new JsonArray(), ["notes"] = new JsonArray([.. report.Findings.Select(finding => JsonValue.Create(finding.Code.ToString()))]) });
            default:
                return new Answer.Unsupported($"there is no operation '{request.Operation}'");
        }
    }

    /// <summary>A request's key as format 1 takes it: raw.</summary>
    public static ReadOnlyMemory<byte>? KeyOf(string? key) => CaseKey.FromRequest(key) is { Raw: { } raw } ? new ReadOnlyMemory<byte>?(Convert.FromHexString(raw)) : null;

    private static Answer.Ok Reading(Request request, Func<Format1File, JsonObject> read)
    {
        using Format1File container = Format1File.Open(request.Input, new Format1OpenOptions { Key = KeyOf(request.Key) });
        return new Answer.Ok(read(container));
    }

    private static JsonObject Read(Format1File container, Request request)
    {
        JsonArray paths = request.Arguments["paths"]!.AsArray();
        for (int i = 0; i < paths.Count; i++)
        {
            string path = paths[i]!.GetValue<string>();
            Format1Entry entry = container.Find(path) ?? throw new CartridgeException(ErrorCode.NotFound, $"There is no entry {path}.");
            using FileStream output = File.Create(Path.Combine(request.OutputFolder, $"{i}"));
            container.CopyTo(entry, output);
        }

        return [];
    }
}
