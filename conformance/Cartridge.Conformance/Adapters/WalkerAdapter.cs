using System.Text;
using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Running;
using Cartridge.Conformance.Vectors;
using Cartridge.Formats.Walk;
using Cartridge.Formats.WalkOne;

namespace Cartridge.Conformance.Adapters;

/// <summary>
/// The walker over the generated parsers behind the protocol: a second opinion that shares nothing with the engine. It hands out no
/// contents, so it does not offer <c>read</c>; the hashes in its projection are compared by the suite's own tests. It stops at faults and is
/// silent about all that is none, so it replies without warnings and notes: of a vector with a note it is asked whether it accepts.
/// </summary>
internal sealed class WalkerAdapter : IAdapter
{
    public Hello Hello { get; } = new(
        "Cartridge.Formats walker", SuiteVersion.Current, [1, 3], ["inspect", "list", "snapshots", "verify"], ["core", "format-1", "crc-32c", "encryption"], "code");

    public Answer Run(Request request)
    {
        try
        {
            return request.Operation switch
            {
                "inspect" => new Answer.Ok(Judge.HeadOf(Walk(request, WalkPhase.Open))),
                "list" => new Answer.Ok(Judge.ListOf(Walk(request, WalkPhase.Access))),
                "snapshots" => new Answer.Ok(Judge.SnapshotsOf(Walk(request, WalkPhase.Access, withSnapshots: true))),
                "verify" => new Answer.Ok(StateOf(Walk(request, WalkPhase.Verify))),
                _ => new Answer.Unsupported($"the walker has no operation '{request.Operation}'"),
            };
        }
        catch (WalkException e) when (e.Requirement is not null)
        {
            string[] code = e.Code.Split('.');
            return new Answer.Reject(code[0], code[1], (long?)e.Page);
        }
    }

    private static JsonObject Walk(Request request, WalkPhase until, bool withSnapshots = false) => JsonNode.Parse(IsFormatOne(request.Input)
        ? FormatOneWalker.Project(File.ReadAllBytes(request.Input), FormatOneReader.KeyOf(request.Key)?.ToArray(), until)
        : CartridgeWalker.WalkFile(request.Input, new WalkOptions { Until = until, Key = KeyOf(request.Key), WithSnapshots = withSnapshots }).Projection.ToJson())!.AsObject();

    private static bool IsFormatOne(string path)
    {
        Span<byte> beginning = stackalloc byte[FormatOneWalker.BeginningLength];
        using FileStream file = File.OpenRead(path);
        return FormatOneWalker.IsFormatOne(beginning[..file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)]);
    }

    /// <summary>A request's key in the walker's words.</summary>
    internal static WalkKey? KeyOf(string? key) => CaseKey.FromRequest(key) switch
    {
        null => null,
        { Raw: { } raw } => new WalkKey(false, Convert.FromHexString(raw)),
        { Passphrase: var passphrase } => new WalkKey(true, Encoding.UTF8.GetBytes(passphrase!)),
    };

    // Format 1 has neither.
    private static JsonObject StateOf(JsonObject projection) =>
        new(projection.Where(member => member.Key is "generation" or "stateHash").Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
