namespace Cartridge.Conformance.Protocol;

/// <summary>Who an implementation is and what may be asked of it.</summary>
/// <param name="Name">What its makers call it.</param>
/// <param name="Version">In whatever form its makers number it.</param>
/// <param name="Formats">The major versions of the container format that it reads.</param>
/// <param name="Operations">The operations it carries out; the others are not asked for.</param>
/// <param name="Features">What it offers beyond the core; vectors that need more do not concern it.</param>
/// <param name="ErrorDetail">How precisely its refusals are compared: <c>none</c>, <c>class</c> or <c>code</c>.</param>
/// <param name="Checks"><c>full</c>: it must refuse every bad container. <c>partial</c>: it reads and promises no judgement.</param>
internal sealed record Hello(
    string Name,
    string Version,
    IReadOnlyList<int> Formats,
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> Features,
    string ErrorDetail,
    string Checks = "full");
