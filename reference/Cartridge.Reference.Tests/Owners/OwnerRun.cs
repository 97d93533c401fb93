using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Plays a history on a guarded disk, and asks after every step whether anything was wrong.</summary>
internal sealed class OwnerRun : IDisposable
{
    private readonly StepClock _clock = new();
    private readonly OwnerScript _script;
    private readonly GuardedDisk _disk;
    private readonly long _cap;
    private readonly List<Reading> _readings = [];
    private FailingMedium _medium;
    private CartridgeFile _writer;
    private ModelContainer _state;
    private ulong _verified;

    private OwnerRun(OwnerScript script)
    {
        _script = script;
        var start = Start.Named(script.Start);
        (_state, _cap) = (start.Content, start.Cap);
        _disk = new GuardedDisk((byte[])start.Image.Clone());
        (_medium, _writer) = Open();
    }

    /// <summary>How often a snapshot was made, a restore and a deletion succeeded, a refusal of the medium hit, in all runs.</summary>
    public static (int Made, int Restored, int Deleted, int Refused) Statistics { get; private set; }

    /// <summary>Plays a history to its end.</summary>
    /// <param name="script">The history.</param>
    /// <exception cref="InvalidOperationException">Something is not as it should be.</exception>
    public static void Play(OwnerScript script)
    {
        using var run = new OwnerRun(script);
        for (var i = 0; i < script.Steps.Count; i++)
        {
            try
            {
                run.Take(script.Steps[i]);
                run.Judge();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Step {i + 1}, {script.Steps[i]}: {e.Message}", e);
            }
        }

        run.Reopen(withoutMap: false);
        run.Judge();
    }

    public void Dispose()
    {
        foreach (var reading in _readings)
        {
            reading.View.Dispose();
        }

        _writer.Dispose();
    }

    private static void Require(string? complaint)
    {
        if (complaint is not null)
        {
            throw new InvalidDataException(complaint);
        }
    }

    private void Take(OwnerStep step)
    {
        switch (step)
        {
            case OwnerStep.Do { Operation: var operation }:
                Do(operation);
                break;
            case OwnerStep.Fail fail:
                Fail(fail);
                break;
            case OwnerStep.Compact { Blocks: var blocks }:
                _writer.Compact(blocks);
                Compare();
                break;
            case OwnerStep.Reopen { WithoutMap: var without }:
                Reopen(without);
                break;
            case OwnerStep.Flush:
                _writer.Flush();
                break;
            case OwnerStep.Comes comes:
                Come(comes);
                break;
            case OwnerStep.Goes { Which: var which } when _readings.Count > 0:
                Go(_readings[which % _readings.Count]);
                break;
        }
    }

    private void Do(Operation operation)
    {
        var now = _clock.Advance();
        var answer = operation.RunOn(_writer);
        var (after, expected) = _cap > 0 ? operation.ApplyTo(_state, now, answer) : operation.ApplyTo(_state, now);
        Require(answer == expected ? null : $"answers {answer} and not {expected}");
        _state = after;
        Count(operation, answer);
    }

    private static void Count(Operation operation, string answer)
    {
        var done = answer == "done" ? 1 : 0;
        Statistics = operation switch
        {
            MakeSnapshot => Statistics with { Made = Statistics.Made + done },
            BringBack => Statistics with { Restored = Statistics.Restored + done },
            DropSnapshot => Statistics with { Deleted = Statistics.Deleted + done },
            _ => Statistics,
        };
    }

    /// <summary>What the medium refuses leaves no trace, or, where nobody can know what became durable, ends the handle.</summary>
    private void Fail(OwnerStep.Fail fail)
    {
        _medium.Fail(fail.Call, fail.Number, lasting: false);
        try
        {
            Do(fail.Operation);
        }
        catch (IOException)
        {
            Statistics = Statistics with { Refused = Statistics.Refused + 1 };
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.Poisoned)
        {
            // Told below.
        }

        var isOver = _medium.HasFailed && (_medium.RefusedRecord || fail.Call == MediumCall.Sync);
        _medium.Heal();
        if (!isOver)
        {
            return;
        }

        EndInside();
        _writer.Dispose();
        (_medium, _writer) = Open();
        _state = ModelContainer.Of(_writer);
    }

    private void Reopen(bool withoutMap)
    {
        EndInside();
        _writer.Dispose();
        if (withoutMap)
        {
            _disk.DropMap();
        }

        (_medium, _writer) = Open();
        Compare();
    }

    private void Compare()
    {
        var shown = ModelContainer.Of(_writer);
        Require(shown.Equals(_state) ? null : $"shows\n{shown}\nand not\n{_state}");
    }

    private void Come(OwnerStep.Comes comes)
    {
        var outside = comes.Kind == ReaderKind.Outside
            ? CartridgeFile.Open(_disk.OpenReadOnly(), new OpenOptions { ReadOnly = true, CacheBytes = 0 })
            : null;
        CartridgeView? view = outside is not null ? outside : comes.Kind == ReaderKind.Snapshot ? Snapshot(comes.Snapshot) : _writer.OpenReader();
        if (view is null)
        {
            return;
        }

        var generation = outside?.Generation ?? _writer.Generation;
        _disk.Pin(generation);
        _readings.Add(new Reading(view, generation, Text(view), outside is null));
    }

    /// <summary>A snapshot of the published state, if there is one of this name.</summary>
    private CartridgeReader? Snapshot(string name)
    {
        try
        {
            return _writer.OpenSnapshot(name);
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    private void Go(Reading reading)
    {
        Require(Text(reading.View) == reading.Saw ? null : $"the reader of generation {reading.Generation} does not see any more what he saw");
        reading.View.Dispose();
        _disk.Unpin(reading.Generation);
        _readings.Remove(reading);
    }

    private static string Text(CartridgeView view) =>
        string.Join('\n', ModelContainer.EntriesOf(view).Select(entry => $"{entry.Key}: {entry.Value}"));

    private void EndInside()
    {
        foreach (var reading in _readings.Where(reading => reading.IsInside).ToList())
        {
            Go(reading);
        }
    }

    private void Judge()
    {
        Require(_disk.Complaint);
        if (_writer.Generation == _verified)
        {
            return;
        }

        _verified = _writer.Generation;
        var findings = Verifier.Verify(new MemoryMedium(_disk.ToArray(), readOnly: true)).Findings;
        Require(findings.Count == 0 ? null : $"the verifier finds {string.Join("; ", findings)}");
    }

    private (FailingMedium Medium, CartridgeFile Writer) Open()
    {
        var medium = new FailingMedium(_disk.Open());
        return (medium, CartridgeFile.Open(medium, new OpenOptions { Clock = _clock.Read, Durability = _script.Durability }));
    }

    private sealed record Reading(CartridgeView View, ulong Generation, string Saw, bool IsInside);
}
