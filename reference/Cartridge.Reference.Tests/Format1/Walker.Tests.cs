using Cartridge.Format1;
using Cartridge.Formats.Walk;
using Cartridge.Formats.WalkOne;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>The verifier and the walker, which share no line, judge the same containers of format 1.</summary>
public class FormatOneWalkerTests
{
    private const int Page = 4096;
    private const int MaxLength = 100_000;
    private const long MaxAllocated = 32L << 20;
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CARTRIDGE_DEEP") == "1" ? 5000 : 150;
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static TheoryData<string> All => [.. Golden.AllNames];

    [Theory]
    [MemberData(nameof(All))]
    public void Both_judge_what_others_have_written(string name)
    {
        byte[] container = Golden.Bytes(name);
        Assert.Equal(Judge(container, null, name), Judge(container, Key, name));
    }

    /// <summary>Each container has one fault, wherever that may be, and nothing guards the other bytes.</summary>
    [Fact]
    public void Both_judge_one_fault()
    {
        HashSet<string> broken = [];
        int valid = 0;
        foreach (string name in Golden.AllNames.Where(name => Golden.Bytes(name).Length <= MaxLength))
        {
            byte[] sound = Golden.Bytes(name);
            for (int seed = 0; seed < Rounds; seed++)
            {
                string? requirement = Judge(Mutate(sound, new Random(seed)), Key, $"{name}, seed {seed}");
                valid += requirement is null ? 1 : 0;
                broken.Add(requirement ?? "");
            }
        }

        Assert.True(valid > Rounds, $"{valid} are valid");
        string[] expected = ["001", "002", "003", "004", "005", "006", "007", "008", "009", "010", "020", "021", "022", "026", "027", "030", "031", "032", "036", "038", "040", "042"];
        Assert.Superset(expected.Select(number => $"CART-ONE-{number}").ToHashSet(StringComparer.Ordinal), broken);
    }

    [Fact]
    public void A_key_has_32_bytes() =>
        Assert.Throws<ArgumentException>(() => FormatOneWalker.Project(Golden.Bytes("0.2.7-bincode/encrypted.cart"), new byte[31]));

    /// <summary>Has both judge, and compares: whether it is valid and, where just one thing is wrong, what.</summary>
    /// <returns>The requirement that the walker finds broken, or null.</returns>
    internal static string? Judge(byte[] container, byte[]? key, string what)
    {
        using MemoryMedium medium = new(container, readOnly: true);
        Finding[] errors =
        [
            .. Format1Verifier.Verify(medium, new Format1VerifyOptions { Key = key }).Findings.Where(finding => finding.Severity == Severity.Error),
        ];
        WalkException? fault = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _ = FormatOneWalker.Project(container, key);
        }
        catch (WalkException e)
        {
            fault = e;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MaxAllocated, $"{what}: {allocated} bytes");
        Assert.True((errors.Length == 0) == fault is null, $"{what}: the walker says {fault?.Message ?? "nothing"}, the verifier {string.Join("; ", errors.Take(3))}");
        if (errors is [var only])
        {
            // A type that is none may be the first sign that a blob is no catalog at all: both have one code.
            Assert.True(only.Code.ToString() == fault!.Code, $"{what}: the walker says {fault.Message}, the verifier {only}");
            Assert.True(only.Requirement == fault.Requirement || only.Requirement == "CART-ONE-026", $"{what}: the walker says {fault.Message}, the verifier {only}");
        }

        return fault?.Requirement;
    }

    private static byte[] Mutate(byte[] sound, Random random)
    {
        byte[] container = [.. sound];

        // What decides stands in the first three pages; of all others, any byte is like any other.
        int page = random.Next(5) == 0 ? random.Next(container.Length / Page) : random.Next(3);
        int used = Math.Max(64, container.AsSpan(page * Page, Page).LastIndexOfAnyExcept((byte)0) + 1);
        int at = (page * Page) + random.Next(random.Next(2) == 0 ? Math.Min(used, 64) : used);
        Span<byte> rest = container.AsSpan(at, ((page + 1) * Page) - at);
        switch (random.Next(11))
        {
            case 0: rest[0] ^= (byte)(1 << random.Next(8)); break;
            case 1: rest[0] = (byte)random.Next(256); break;
            case 2: rest[0] = (byte)" \"{}[]:,"[random.Next(8)]; break;
            case 3: Replace(rest, rest.IndexOfAnyInRange((byte)'0', (byte)'9'), [(byte)random.Next('0', '9' + 1)]); break;
            case 4: Replace(rest, rest.IndexOf("null"u8), [(byte)' ', (byte)' ', (byte)' ', (byte)random.Next('0', '9' + 1)]); break;
            case 5: Replace(rest, rest.IndexOf((byte)'"') + 1, "\\ud800"u8); break;
            case 6: Replace(rest, rest.IndexOfAnyInRange((byte)3, (byte)20), [(byte)random.Next(3, 20)]); break;
            case 7: Replace(rest, 0, BitConverter.GetBytes(1UL << random.Next(64))); break;
            case 8: container.AsSpan(page * Page, Page).Clear(); break;
            case 9: container.AsSpan(random.Next(container.Length / Page) * Page, Page).CopyTo(container.AsSpan(page * Page)); break;
            default: return container[..random.Next(container.Length)];
        }

        return container;
    }

    private static void Replace(Span<byte> bytes, int at, ReadOnlySpan<byte> other)
    {
        if (at >= 0 && at + other.Length <= bytes.Length)
        {
            other.CopyTo(bytes[at..]);
        }
    }
}
