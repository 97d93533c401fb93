using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// A history that several processes write and watch: version <c>k</c> rewrites some of a few files and a counter, in one
/// commit, and all of it follows from <c>k</c>. So whoever reads a container can tell whether what it sees is exactly one
/// published state, and which.
/// </summary>
/// <param name="seed">Which history.</param>
public sealed class Cells(int seed)
{
    private const int Count = 8;
    private const int MaxLength = 40_000;
    private const string Counter = "counter";

    /// <summary>The version that a state is; 0 before the first.</summary>
    /// <exception cref="CartridgeException">The container is damaged.</exception>
    public static ulong VersionOf(CartridgeView container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container.Exists(Counter) ? BitConverter.ToUInt64(container.Read(Counter)) : 0;
    }

    /// <summary>Writes a version, in one commit.</summary>
    /// <param name="container">It holds the version before.</param>
    /// <param name="version">The version, 1 or more.</param>
    public void Write(CartridgeFile container, ulong version)
    {
        ArgumentNullException.ThrowIfNull(container);
        using var transaction = container.BeginTransaction();
        for (var cell = 0; cell < Count; cell++)
        {
            if (Content(version, cell) is { } content)
            {
                container.Write(PathOf(cell), content);
            }
        }

        container.Write(Counter, BitConverter.GetBytes(version));
        transaction.Commit();
    }

    /// <summary>Compares all of a state with what its version says.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public string? Check(CartridgeView container)
    {
        var version = VersionOf(container);
        for (var cell = 0; cell < Count; cell++)
        {
            var expected = Enumerable.Range(0, (int)version).Select(back => Content(version - (ulong)back, cell)).FirstOrDefault(content => content is not null);
            var found = container.Exists(PathOf(cell)) ? container.Read(PathOf(cell)) : null;
            if (!(expected ?? []).AsSpan().SequenceEqual(found) || expected is null != found is null)
            {
                return $"version {version}: {PathOf(cell)} has {found?.Length} bytes where that version has {expected?.Length}, or other ones";
            }
        }

        return null;
    }

    private static string PathOf(int cell) => $"cell-{cell}";

    /// <summary>What a version writes into a cell; null leaves it as it was.</summary>
    private byte[]? Content(ulong version, int cell)
    {
        var random = new Random(unchecked(((seed * 31) + (int)version) * 31 + cell));
        if (random.Next(3) > 0)
        {
            return null;
        }

        var content = new byte[random.Next(MaxLength)];
        random.NextBytes(content);
        return content;
    }
}
