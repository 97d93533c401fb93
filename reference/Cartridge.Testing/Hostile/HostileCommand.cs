using System.Diagnostics;
using System.Globalization;

namespace Cartridge.Testing;

/// <summary>
/// <c>hostile first-seed count</c>: runs cases one after the other, in a process of its own whose memory the caller has
/// bounded (CART-CNV-109, CART-CNV-110). A case that fails is printed with its seed; a case that never ends is printed too,
/// and ends the process.
/// </summary>
internal static class HostileCommand
{
    private const int Never = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static int Run(int firstSeed, int count)
    {
        var cases = new HostileCases();
        var (failures, valid) = (0, 0);
        var codes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (current, since) = (firstSeed, Stopwatch.GetTimestamp());
        using var watchdog = new Timer(_ => Watch(Volatile.Read(ref current), Volatile.Read(ref since)), null, Patience, TimeSpan.FromSeconds(1));
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            Volatile.Write(ref current, seed);
            Volatile.Write(ref since, Stopwatch.GetTimestamp());
            try
            {
                var report = cases.Run(seed);
                valid += report.IsValid ? 1 : 0;
                foreach (var code in report.Findings.Select(finding => finding.Requirement).Distinct(StringComparer.Ordinal))
                {
                    codes[code] = codes.GetValueOrDefault(code) + 1;
                }
            }
#pragma warning disable CA1031 // Every exception that gets here is what this program looks for.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failures++;
                Console.WriteLine($"seed {seed}: {failure}");
            }
        }

        Console.WriteLine($"{count} cases from seed {firstSeed} on: {failures} failed, {valid} containers were valid, {codes.Count} requirements were found violated");
        Console.WriteLine(string.Join(' ', codes.Select(code => string.Create(CultureInfo.InvariantCulture, $"{code.Key}:{code.Value}"))));
        return failures == 0 ? 0 : 1;
    }

    private static void Watch(int seed, long since)
    {
        if (Stopwatch.GetElapsedTime(since) > Patience)
        {
            Console.WriteLine($"seed {seed}: not done after {Patience}");
            Environment.Exit(Never);
        }
    }
}
