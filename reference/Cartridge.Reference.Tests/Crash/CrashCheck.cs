using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>
/// What must be true of whatever a power failure leaves: a reader sees one of the allowed states whole; the verifier finds no
/// error and no leak; a writer sees the same, recovers, and can go on.
/// </summary>
internal static class CrashCheck
{
    private static readonly WriteFile Further = new("after the crash", new(99, 700));
    private static readonly SetTitle FurtherWhenFull = new("After the crash");

    /// <summary>Looks for something that is wrong.</summary>
    /// <param name="image">What is on the disk.</param>
    /// <param name="allowed">What it may mean.</param>
    /// <returns>The first thing that is wrong, or null.</returns>
    public static string? Violation(byte[] image, Allowed allowed)
    {
        try
        {
            var medium = new MemoryMedium(image);
            var read = Read(medium);
            return !read.Equals(allowed.Before) && !read.Equals(allowed.After)
                ? $"neither the state before nor the one after:\n{read}\nbefore:\n{allowed.Before}\nafter:\n{allowed.After}"
                : Faults("as left by the crash", medium, mayBeTorn: true) ?? GoOn(medium, read);
        }
        catch (Exception e) when (e is CartridgeException or InvalidDataException)
        {
            return e.Message;
        }
    }

    private static ModelContainer Read(MemoryMedium medium)
    {
        using var container = CartridgeFile.Open(medium, new OpenOptions { ReadOnly = true, Key = Specimens.KeyFor(medium.ToArray()), Codecs = SystemCodecs.All });
        return ModelContainer.Of(container);
    }

    /// <summary>Reopens for writing, which recovers, and changes something.</summary>
    private static string? GoOn(MemoryMedium medium, ModelContainer read)
    {
        var clock = new StepClock();
        ModelContainer expected;
        using (var container = CartridgeFile.Open(medium, new OpenOptions { Clock = clock.Read, Key = Specimens.KeyFor(medium.ToArray()), Codecs = SystemCodecs.All }))
        {
            if (!ModelContainer.Of(container).Equals(read))
            {
                return "a writer sees another state than a reader";
            }

            // With nothing to recover, opening changes nothing.
            if (container.Warnings.Count > 0 && Faults("after recovery", medium, mayBeTorn: false) is { } fault)
            {
                return fault;
            }

            var now = clock.Advance();
            var answer = Further.RunOn(container);
            (expected, _) = Further.ApplyTo(read, now, answer);
            if (answer == Operation.Full)
            {
                // Deletions under a snapshot free nothing and may have used up their reserve; deleting the snapshot always works (CART-LIF-133).
                Operation other = read.Snapshots.IsEmpty ? FurtherWhenFull : new DropSnapshot(read.Snapshots.Keys.First());
                answer = other.RunOn(container);
                (expected, _) = other.ApplyTo(read, now);
            }

            if (answer != "done")
            {
                return $"the next operation was refused: {answer}";
            }
        }

        return Read(medium).Equals(expected) ? Faults("after the next commit", medium, mayBeTorn: false) : "the next operation left something else";
    }

    /// <summary>
    /// Findings of the verifier. A record that does not verify is a warning and what a crash may leave; any other finding, also
    /// one about the older state, is a fault: both states are whole at every moment (CART-LIF-101).
    /// </summary>
    private static string? Faults(string when, MemoryMedium medium, bool mayBeTorn)
    {
        var findings = Verifier.Verify(medium, new VerifyOptions { Key = Specimens.KeyFor(medium.ToArray()), Codecs = SystemCodecs.All }).Findings
            .Where(finding => !(mayBeTorn && finding is { Severity: Severity.Warning, Page: 1 or 2 }))
            .ToList();
        return findings.Count == 0 ? null : $"{when}: {string.Join("; ", findings)}";
    }
}
