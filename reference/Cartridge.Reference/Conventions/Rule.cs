namespace Cartridge.Reference;

/// <summary>
/// One check of the format: the requirement that it enforces and the code under which it reports. Each chapter's folder
/// holds one class of rules; the conformance suite proves that no rule could be left out.
/// </summary>
/// <param name="Id">The requirement's id in <c>spec/</c>, for example <c>CART-HDR-001</c>.</param>
/// <param name="Code">The error code of a violation (CART-CNV-112).</param>
internal sealed record Rule(string Id, ErrorCode Code);
