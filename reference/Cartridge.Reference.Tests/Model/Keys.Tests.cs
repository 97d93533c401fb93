using System.Text;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>
/// The trees under paths that nobody would choose: as long as allowed, alike up to their last byte, in every order, ten thousands
/// of them; set in one transaction, half of them deleted at random, then all. What is in the container is a sorted dictionary.
/// </summary>
public class KeysTests(ITestOutputHelper output)
{
    private const int Seed = 20_029;

    public static TheoryData<string, int> Families() => new()
    {
        { "long and alike", 6_000 },
        { "any length", 20_000 },
        { "ascending", 40_000 },
        { "descending", 20_000 },
        { "one byte more each", Format.MaxPathLength / 2 },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void Paths_of_every_kind_are_a_sorted_dictionary(string family, int count)
    {
        var random = new Random(Seed);
        var clock = new StepClock();
        var medium = new MemoryMedium();
        var expected = new SortedDictionary<string, byte[]>(StringComparer.Ordinal); // ASCII: the order of bytes
        using (var container = new CartridgeBuilder().Slug("keys").Clock(clock.Read).Create(medium))
        {
            InOneCommit(container, () =>
            {
                for (var i = 0; i < count; i++)
                {
                    // Values from nothing to what just fits into a cell, so that cells of all sizes meet.
                    var (path, value) = (Path(family, random, i), new byte[random.Next(8) == 0 ? Format.MaxInlineContent : random.Next(60)]);
                    random.NextBytes(value);
                    container.Write(path, value);
                    expected[path] = value;
                }
            });
            output.WriteLine($"seed {Seed}: {expected.Count} paths in {container.TotalBlocks} blocks");
            Expect(container, medium, expected);
            var gone = expected.Keys.Where(_ => random.Next(2) == 0).ToList();
            InOneCommit(container, () => gone.ForEach(path => Drop(container, expected, path)));
            Expect(container, medium, expected);
        }

        using (var container = CartridgeFile.Open(medium, new() { Clock = clock.Read }))
        {
            Expect(container, medium, expected);
            string[] left = [.. expected.Keys];
            random.Shuffle(left);
            InOneCommit(container, () => Array.ForEach(left, path => Drop(container, expected, path)));
            Expect(container, medium, expected);
            Assert.Equal(container.TotalBlocks - Format.FixedBlocks, container.FreeBlocks);
        }
    }

    private static string Path(string family, Random random, int i) => family switch
    {
        "long and alike" => $"{new string('x', Format.MaxPathLength - 6)}{random.Next(1_000_000):000000}",
        "any length" => $"{Letters(random, random.Next(1, 5))}{new string('y', random.Next(random.Next(4) == 0 ? 1100 : 30))}{i}",
        "ascending" => $"folder/{i:000000}",
        "descending" => $"{1_000_000 - i:0000000}",
        _ => new string('z', (2 * i) + 1),
    };

    private static string Letters(Random random, int count)
    {
        var letters = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            letters.Append((char)random.Next('a', 'd'));
        }

        return letters.ToString();
    }

    private static void InOneCommit(CartridgeFile container, Action action)
    {
        using var transaction = container.BeginTransaction();
        action();
        transaction.Commit();
    }

    private static void Drop(CartridgeFile container, SortedDictionary<string, byte[]> expected, string path)
    {
        container.Delete(path);
        expected.Remove(path);
    }

    private static void Expect(CartridgeFile container, MemoryMedium medium, SortedDictionary<string, byte[]> expected)
    {
        Assert.Equal((ulong)expected.Count, container.EntryCount);
        Assert.True(expected.Keys.SequenceEqual(container.List().Select(entry => entry.Path), StringComparer.Ordinal));
        Assert.All(expected.Where((_, i) => i % 7 == 0), pair => Assert.True(pair.Value.AsSpan().SequenceEqual(container.Read(pair.Key))));
        Assert.Empty(Verifier.Verify(medium).Findings);
    }
}
