using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>One operation, of which one system call is refused.</summary>
internal static class FaultRun
{
    /// <summary>Refuses the first call of a kind, then the second, and so on, each time on a fresh disk.</summary>
    /// <param name="start">What is on the disk.</param>
    /// <param name="operation">What is done.</param>
    /// <param name="call">The kind of call.</param>
    /// <param name="lasting">Whether all later calls of that kind are refused too.</param>
    /// <param name="seed">For what <see cref="PowerLoss"/> draws.</param>
    /// <returns>How many calls were refused before the operation no longer made so many.</returns>
    public static int EachCall(Start start, Operation operation, MediumCall call, bool lasting, int seed)
    {
        var number = 1;
        var whole = Undisturbed(start, operation);
        while (Run(start, operation, whole, (call, number, lasting), seed))
        {
            number++;
        }

        return number - 1;
    }

    private static ModelContainer Undisturbed(Start start, Operation operation)
    {
        var clock = new StepClock();
        using var container = CartridgeFile.Open(new RecordingDisk(start.Image).Open(), new OpenOptions { Clock = clock.Read });
        return operation.ApplyTo(start.Content, clock.Advance(), operation.RunOn(container)).After;
    }

    private static bool Run(Start start, Operation operation, ModelContainer whole, (MediumCall Call, int Number, bool Lasting) fault, int seed)
    {
        var disk = new RecordingDisk(start.Image);
        var medium = new FailingMedium(disk.Open());
        var clock = new StepClock();
        using var container = CartridgeFile.Open(medium, new OpenOptions { Clock = clock.Read });
        clock.Advance();
        string? answer;
        medium.Fail(fault.Call, fault.Number, fault.Lasting);
        try
        {
            answer = operation.RunOn(container);
        }
        catch (IOException refused) when (refused.Message == medium.Refusal)
        {
            answer = null;
        }

        var (hasFailed, recordFailed) = (medium.HasFailed, medium.RefusedRecord);
        medium.Heal();
        var what = $"{start}, {operation}, {fault}";

        // Growing ahead of need may be given up; nothing else may be passed over.
        var state = answer is null ? start.Content : whole;
        Assert.True(answer is null == hasFailed || fault.Call == MediumCall.SetLength, $"{what}: a failure was passed over");
        Assert.True(ModelContainer.Of(container).Equals(state), $"{what}: the handle shows another state");

        var isPoisoned = IsPoisoned(container);
        Assert.True(isPoisoned == (hasFailed && (fault.Call == MediumCall.Sync || recordFailed)), $"{what}: poisoned: {isPoisoned}");
        if (isPoisoned)
        {
            Assert.All(Workloads.Kinds, further => Assert.Equal(
                ErrorCode.Poisoned, Assert.Throws<CartridgeException>(() => further.RunOn(container)).Code));
        }

        // Whatever arrived of it, the disk holds the one state or, if nobody can know, one of the two.
        var allowed = isPoisoned ? new Allowed(start.Content, whole) : new Allowed(state, state);
        Assert.Null(CrashCheck.Violation(disk.ToArray(), allowed) is { } violation ? $"{what}: {violation}" : null);
        var left = disk.StateAfter(disk.Log.Count);
        foreach (var fates in PowerLoss.Fates(left, seed).Where((_, i) => i % 16 == 0))
        {
            Assert.Null(CrashCheck.Violation(left.Image(fates), allowed) is { } lost ? $"{what}, then {PowerLoss.Describe(left, fates)}: {lost}" : null);
        }

        if (!isPoisoned && answer is null)
        {
            var now = clock.Advance();
            answer = operation.RunOn(container);
            var (after, expected) = operation.ApplyTo(start.Content, now, answer);
            Assert.Equal(expected, answer);
            Assert.True(ModelContainer.Of(container).Equals(after), $"{what}: a second attempt goes wrong");
            Assert.Null(CrashCheck.Violation(disk.ToArray(), new Allowed(after, after)));
        }

        return hasFailed;
    }

    /// <summary>Sets the title to what it is: no change, but refused by a poisoned handle.</summary>
    private static bool IsPoisoned(CartridgeFile container)
    {
        try
        {
            var title = container.Title;
            container.Title = title;
            return false;
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.Poisoned)
        {
            return true;
        }
    }
}
