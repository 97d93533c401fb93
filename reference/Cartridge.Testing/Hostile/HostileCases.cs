using System.Collections.Frozen;
using System.Diagnostics;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// Puts damaged containers before the verifier and the engine. Whatever the bytes, nothing but findings and
/// <see cref="CartridgeException"/> may come out, and the two must not contradict each other.
/// </summary>
public sealed class HostileCases
{
    private const int ReadAtMost = 256 * 1024;

    /// <summary>By which moment a reader has to have made each check, as the specification says.</summary>
    private readonly Dictionary<string, string> _phases = Directory.EnumerateFiles(RepositoryRoot.Combine("spec"), "*.md")
        .SelectMany(File.ReadLines)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 6 && cells[1].StartsWith("CART-", StringComparison.Ordinal))
        .ToDictionary(cells => cells[1], cells => cells[3], StringComparer.Ordinal);

    private readonly byte[][] _specimens = [.. Specimens.All.Values.Select(make => make())];

    /// <summary>Runs one case.</summary>
    /// <param name="seed">All that decides about it.</param>
    /// <returns>The verifier's answer.</returns>
    /// <exception cref="InvalidOperationException">The verifier and the engine contradict each other.</exception>
    public VerifyReport Run(int seed)
    {
        Trace.Assert(_phases.Count > 100, "The tables of checks were not found in spec/.");
        var random = new Random(seed);
        var specimen = _specimens[random.Next(_specimens.Length)];
        var container = new Mutator(random, _specimens).Apply(specimen);
        using var key = Specimens.IsEncrypted(specimen) && random.Next(3) > 0 ? Specimens.Key() : null;
        var options = new VerifyOptions { Codecs = SystemCodecs.All, MaxHashedZeros = ReadAtMost, CollectOwners = random.Next(4) == 0, Key = key };
        var report = Verifier.Verify(new MemoryMedium(container, readOnly: true), options);
        _ = report.PageOwners().LastOrDefault();

        var refusal = ReadEverything(container, key);
        if (report.IsValid && refusal is not null)
        {
            throw new InvalidOperationException($"The verifier finds the container valid, the engine refuses it: {refusal.Message}", refusal);
        }

        var snapshots = ReadSnapshots(container, key, out var refusalOfSnapshots);
        if (report.IsValid && refusalOfSnapshots is not null && !snapshots.Any(name => IsFaulty(container, options with { Snapshot = name })))
        {
            throw new InvalidOperationException($"The verifier finds all snapshots valid, the engine refuses one: {refusalOfSnapshots.Message}", refusalOfSnapshots);
        }

        // What only a hidden snapshot reaches, no reading meets.
        var seesAll = report.Statistics.Snapshots == snapshots.Count;
        if (refusal is null && refusalOfSnapshots is null && report.Findings.FirstOrDefault(finding => MustBeMet(finding, seesAll)) is { } missed)
        {
            throw new InvalidOperationException($"The engine reads everything and meets nothing, yet the verifier finds: {missed}");
        }

        // With checks switched off no code may rely on what they would have found.
        var off = Verifier.Requirements.Select(requirement => requirement.Key).Where(_ => random.Next(random.Next(2) == 0 ? 2 : 40) == 0);
        Verifier.Verify(new MemoryMedium(container, readOnly: true), options with { SwitchedOff = off.ToFrozenSet(StringComparer.Ordinal) });
        Inspect(container, random);
        Write(container, report, seed, key);
        return report;
    }

    /// <summary>Opens a container for reading, lists all of it in every way, and reads all contents.</summary>
    /// <returns>The first error; null if there is none. That a content is encrypted and there is no key is none.</returns>
    public static CartridgeException? ReadEverything(byte[] container, CartridgeKey? key = null)
    {
        CartridgeException? first = null;
        Try(ref first, () =>
        {
            using var file = CartridgeFile.Open(new MemoryMedium(container, readOnly: true), new OpenOptions { Key = key, Codecs = SystemCodecs.All });
            _ = file.Title + file.Slug + file.EntryCount + Convert.ToHexString(file.StateHash());
            return ReadView(file);
        });
        return first;
    }

    /// <summary>Opens all snapshots that have a name, lists them and reads all contents.</summary>
    /// <param name="container">The container.</param>
    /// <param name="key">What opens it.</param>
    /// <param name="refusal">The first error, null if there is none.</param>
    /// <returns>The names.</returns>
    public static IReadOnlyList<string> ReadSnapshots(byte[] container, CartridgeKey? key, out CartridgeException? refusal)
    {
        List<string> names = [];
        refusal = null;
        Try(ref refusal, () =>
        {
            using var file = CartridgeFile.Open(new MemoryMedium(container, readOnly: true), new OpenOptions { Key = key, Codecs = SystemCodecs.All });
            names = [.. file.Snapshots.Select(snapshot => snapshot.Name)];
            CartridgeException? first = null;
            foreach (var name in names)
            {
                Try(ref first, () =>
                {
                    using var snapshot = file.OpenSnapshot(name);
                    return ReadView(snapshot);
                });
            }

            return first;
        });
        return names;
    }

    /// <summary>Lists all of a state in every way, and reads all contents.</summary>
    private static CartridgeException? ReadView(CartridgeView view)
    {
        CartridgeException? first = null;
        Try(ref first, () => Done(view.ListDirectory().Count()));
        Try(ref first, () => Done(view.List("folder", '/').Count()));
        Try(ref first, () =>
        {
            CartridgeException? inner = null;
            foreach (var entry in view.List())
            {
                Try(ref inner, () => Done(Read(view, entry)));
            }

            return inner;
        });
        return first;

        static CartridgeException? Done(int _) => null;
    }

    private static void Try(ref CartridgeException? first, Func<CartridgeException?> action)
    {
        try
        {
            var inner = action();
            first ??= inner;
        }
        catch (CartridgeException refusal) when (refusal.Code != ErrorCode.MissingKey)
        {
            first ??= refusal;
        }
        catch (CartridgeException)
        {
            // Without a key nobody sees more.
        }
    }

    private static bool IsFaulty(byte[] container, VerifyOptions options) => !Verifier.Verify(new MemoryMedium(container, readOnly: true), options).IsValid;

    /// <summary>
    /// Writes into a damaged container. A writer looks at what it needs and no further, so it may well succeed; what it must
    /// not do is end in anything but success or refusal, or spoil a container that is valid.
    /// </summary>
    private static void Write(byte[] container, VerifyReport before, int seed, CartridgeKey? key)
    {
        var medium = new MemoryMedium((byte[])container.Clone());
        try
        {
            using var file = CartridgeFile.Open(medium, new OpenOptions { Key = key, Codecs = SystemCodecs.All });
            file.Write("hashed", Specimens.Bytes(seed, 30_000));
            file.WriteAt("plain", 1_000, Specimens.Bytes(seed, 100));
            file.Write("new", "inline"u8);
            file.WriteAt("lz4", 5_000, Specimens.Lines(100));
            file.Append("zstd", Specimens.Lines(5_000));
            file.SetLength("holes", 310_000);
            file.Delete("piece-001");
            _ = file.DeleteTree("folder");
        }
        catch (CartridgeException)
        {
            // Refused: the container is damaged, or has no such entry.
        }

        // As before, or a hash of many zeros that was too long to look at would be found only now.
        var after = Verifier.Verify(medium, new VerifyOptions { Key = key, Codecs = SystemCodecs.All, MaxHashedZeros = ReadAtMost });
        if (before.IsValid && !after.IsValid)
        {
            throw new InvalidOperationException($"Writing has spoilt a valid container: {after.Findings.First(finding => finding.Severity == Severity.Error)}");
        }
    }

    /// <summary>Whether a reader that opens a container and lists and reads everything, snapshots too, meets what was found.</summary>
    private bool MustBeMet(Finding finding, bool seesAll) => finding.Severity == Severity.Error && _phases.GetValueOrDefault(finding.Requirement) switch
    {
        "open" => true,
        "access" => finding.Owner is "catalog tree" or "system tree"
            || (seesAll && (finding.Owner?.StartsWith("catalog tree of snapshot:", StringComparison.Ordinal) == true || finding.Requirement.StartsWith("CART-CAT-", StringComparison.Ordinal))),
        _ => false,
    };

    private static int Read(CartridgeView file, CartridgeEntry entry)
    {
        _ = file.GetEntry(entry.Path);
        if (entry.Type == EntryType.Directory)
        {
            return 0;
        }

        if (entry.Type == EntryType.SymbolicLink)
        {
            _ = file.ReadLink(entry.Path);
        }

        if (entry.Size <= ReadAtMost)
        {
            _ = file.Read(entry.Path);
        }

        // A size is only a claim, and holes cost nothing: of large contents the beginning, the middle and the end.
        var buffer = new byte[ReadAtMost];
        _ = file.ReadAt(entry.Path, 0, buffer);
        _ = file.ReadAt(entry.Path, entry.Size / 2, buffer);
        _ = file.ReadAt(entry.Path, Math.Max(0, entry.Size - buffer.Length), buffer);
        return buffer.Length;
    }

    private static void Inspect(byte[] container, Random random)
    {
        using var medium = new MemoryMedium(container, readOnly: true);
        for (var left = 4; left > 0 && container.Length >= Format.PageSize; left--)
        {
            _ = PageInspector.Describe(medium, random.Next(container.Length / Format.PageSize)).Fields.Count;
        }
    }
}
