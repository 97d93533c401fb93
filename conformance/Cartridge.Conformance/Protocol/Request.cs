using System.Text.Json.Nodes;

namespace Cartridge.Conformance.Protocol;

/// <summary>One operation on one container.</summary>
/// <param name="Operation">Its name: <c>inspect</c>, <c>list</c>, <c>read</c>, <c>snapshots</c> or <c>verify</c>.</param>
/// <param name="Input">The full path of the container; it must not change.</param>
/// <param name="Key">The key of an encrypted container: 64 hexadecimal digits, or <c>passphrase:</c> and a passphrase.</param>
/// <param name="Arguments">Of the operation; empty if it takes none.</param>
/// <param name="OutputFolder">An empty folder for what the operation makes.</param>
internal sealed record Request(string Operation, string Input, string? Key, JsonObject Arguments, string OutputFolder);
