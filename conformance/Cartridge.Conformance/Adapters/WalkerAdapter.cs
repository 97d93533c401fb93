using System.Text;
using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Running;
using Cartridge.Conformance.Vectors;
using Cartridge.Formats.Walk;

namespace Cartridge.Conformance.Adapters;

/// <summary>
/// The walker over the generated parsers behind the protocol: a second opinion that shares nothing with the engine. It hands out no
/// contents, so it does not offer <c>read</c>; the hashes in its projection are compared by the suite's own tests.
/// </summary>
internal sealed class WalkerAdapter : IAdapter
{
    public Hello Hello { get; } = new(
        "Cartridge.Formats walker", SuiteVersion.Current, [3], ["inspect", "list", "snapshots", "verify"], ["core", "crc-32c", "encryption"], "code");

    public Answer Run(Request request)
    {
        try
        {
            return request.Operation switch
            {
                "inspect" => new Answer.Ok(Judge.HeadOf(Walk(request, WalkPhase.Open))),
                "list" => new Answer.Ok(Judge.ListOf(Walk(request, WalkPhase.Access))),
                "snapshots" => new Answer.Ok(Judge.SnapshotsOf(Walk(request, WalkPhase.Access, withSnapshots: true))),
                "verify" => new Answer.Ok(Verify(Walk(request, WalkPhase.Verify))),
                _ => new Answer.Unsupported($"the walker has no operation '{request.Operation}'"),
            };
        }
        catch (WalkException e) when (e.Requirement is not null)
        {
            string[] code = e.Code.Split('.');
            return new Answer.Reject(code[0], code[1], (long?)e.Page);
        }
    }

    private static JsonObject Walk(Request request, WalkPhase until, bool withSnapshots = false)
    {
        WalkOptions options = new() { Until = until, Key = KeyOf(request.Key), WithSnapshots = withSnapshots };
        return JsonNode.Parse(CartridgeWalker.WalkFile(request.Input, options).Projection.ToJson())!.AsObject();
    }

    /// <summary>A request's key in the walker's words.</summary>
    internal static WalkKey? KeyOf(string? key) => CaseKey.FromRequest(key) switch
    {
        null => null,
        { Raw: { } raw } => new WalkKey(false, Convert.FromHexString(raw)),
        { Passphrase: var passphrase } => new WalkKey(true, Encoding.UTF8.GetBytes(passphrase!)),
    };

    // The walker stops at faults and is silent about all that is none, so it replies without warnings and notes.
    private static JsonObject Verify(JsonObject projection) => new()
    {
        ["generation"] = projection["generation"]!.DeepClone(),
        ["stateHash"] = projection["stateHash"]!.DeepClone(),
    };
}
