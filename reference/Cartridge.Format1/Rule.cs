using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>One check of format 1: the requirement that it enforces and the code under which it reports.</summary>
/// <param name="Id">The requirement's id in <c>spec/14-format-1.md</c>.</param>
/// <param name="Code">The error code of a violation.</param>
internal sealed record Rule(string Id, ErrorCode Code);
