using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Compacts in steps until there is nothing left to gain. Nothing that anybody can read changes.</summary>
/// <param name="Blocks">Blocks to free in each step.</param>
public sealed record Compact(int Blocks) : Operation
{
    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        while (!container.Compact(Blocks).IsComplete)
        {
            // Each step is made of commits of its own.
        }

        return Done;
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) => (before, Done);
}
