namespace Cartridge.Fuzz;

/// <summary>
/// What a fuzzer drives: it takes any bytes at all, and comes back. Whatever it throws is a fault in the project, because
/// refusals are answers and are dealt with inside.
/// </summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="About">What is put before it, and what must not happen.</param>
/// <param name="Run">Takes one input. It keeps nothing from one call to the next and may be called any number of times.</param>
public sealed record FuzzTarget(string Name, string About, Action<byte[]> Run);
