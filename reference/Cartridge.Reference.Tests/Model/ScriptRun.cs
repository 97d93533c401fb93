using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Plays a script on a simulated disk, and holds the container against the model after every step.</summary>
internal sealed class ScriptRun : IDisposable
{
    private readonly Script _script;
    private readonly StepClock _clock = new();
    private readonly Queue<(CartridgeFile Container, ModelContainer Sees)> _readers = new();
    private RecordingDisk _disk = new([]);
    private CartridgeFile _writer;
    private ModelContainer _state = ModelContainer.Empty;

    // Every state since the one that was published for certain: with deferred durability any of them may be the published one.
    private List<ModelContainer> _since = [ModelContainer.Empty];

    private ScriptRun(Script script)
    {
        _script = script;
        if (script.Encrypted)
        {
            (_state, _since) = (ModelContainer.EmptyEncrypted, [ModelContainer.EmptyEncrypted]);
        }

        using var key = Specimens.Key();
        var builder = new CartridgeBuilder();
        (script.Encrypted ? builder.Encrypt(key) : builder).Slug("model").MaxBlocks(script.Cap).GrowthThreshold(script.Threshold).Checksum(script.Checksum)
            .Id(new ContainerId(new byte[16])).Codecs(SystemCodecs.All).Clock(_clock.Read).Create(_disk.Open()).Dispose();
        _writer = Open();
    }

    /// <summary>How often a container was full, of how many operations; filled by all runs.</summary>
    public static (int Full, int Operations, int Losses) Statistics { get; private set; }

    /// <summary>Plays a script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <exception cref="InvalidOperationException">Something is not as it should be.</exception>
    public static void Play(Script script)
    {
        using var run = new ScriptRun(script);
        for (var i = 0; i < script.Steps.Count; i++)
        {
            try
            {
                run.Take(script.Steps[i]);
                run.Compare();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Step {i + 1}, {script.Steps[i]}: {e.Message}", e);
            }
        }

        run._writer.Dispose();
        Require(SecondOpinion.Disagreement(run._disk.ToArray(), run._state));
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (PowerFailureException)
        {
            // What had gathered is lost.
        }

        while (_readers.TryDequeue(out var reader))
        {
            reader.Container.Dispose();
        }
    }

    private static void Require(string? complaint)
    {
        if (complaint is not null)
        {
            throw new InvalidDataException(complaint);
        }
    }

    private void Take(Step step)
    {
        switch (step)
        {
            case Step.Do { Operation: var operation }:
                Do(operation);
                break;
            case Step.Reopen:
                _writer.Dispose();
                _writer = Open();
                _since = [_state];
                break;
            case Step.Flush:
                _writer.Flush();
                _since = [_state];
                break;
            case Step.Reader { Comes: true }:
                var comer = CartridgeFile.Open(_disk.Open(readOnly: true), new OpenOptions { Key = Specimens.KeyFor(_disk.ToArray()), Codecs = SystemCodecs.All });
                var seen = ModelContainer.Of(comer);
                _readers.Enqueue((comer, seen));
                Require(_since.Contains(seen) ? null : $"a reader is shown\n{seen}");
                break;
            case Step.Reader:
                if (_readers.TryDequeue(out var reader))
                {
                    reader.Container.Dispose();
                }

                break;
            case Step.LosePower lose:
                LosePower(lose);
                break;
        }
    }

    private void Do(Operation operation)
    {
        var now = _clock.Advance();
        var answer = operation.RunOn(_writer);
        var (after, expected) = _script.Cap > 0 ? operation.ApplyTo(_state, now, answer) : operation.ApplyTo(_state, now);
        Require(answer == expected ? null : $"answers {answer} and not {expected}");
        var isFull = answer == Operation.Full;
        Statistics = (Statistics.Full + (isFull ? 1 : 0), Statistics.Operations + 1, Statistics.Losses);
        Require(isFull && _readers.Count == 0 && (operation is BringBack or DropSnapshot || (operation is Delete && _state.Snapshots.IsEmpty))
            ? "nothing can be deleted in a full container (CART-LIF-119, CART-LIF-133)" : null);
        Require(isFull && _readers.Count == 0 && Room() > Need(operation) ? $"full with room for {Room()} more blocks (CART-SPC-106, CART-SPC-109)" : null);
        Reach(after);
        if (operation is MakeSnapshot or Compact && answer == "done")
        {
            _since = [_state]; // They publish, whatever the durability.
        }
    }

    private void Reach(ModelContainer state)
    {
        _state = state;
        _since = _script.Durability == Durability.Immediate ? [state] : [.. _since, state];
    }

    /// <summary>Blocks that are free, or would be after growing.</summary>
    private long Room() => _script.Cap - (long)_writer.TotalBlocks + (long)_writer.FreeBlocks;

    /// <summary>No operation can need more blocks than this, the reserve of all others included.</summary>
    private static int Need(Operation operation)
    {
        const int Nodes = 30;
        const int LargestChunk = 1 << (Format.MaxChunkShift - 12);
        return operation switch
        {
            WriteFile write => (write.Content.Length / Format.PageSize) + Nodes,
            WriteAt or AppendFile or SetLength => (2 * LargestChunk) + Nodes,
            Together => int.MaxValue,
            TakeOver => int.MaxValue,
            _ => Nodes,
        };
    }

    /// <summary>The power fails; whatever is left is opened by the next writer. Readers lived on the same machine.</summary>
    private void LosePower(Step.LosePower lose)
    {
        var (before, now) = (_state, _clock.Advance());
        _disk.StopAfter = _disk.Log.Count + lose.After;
        string answer;
        try
        {
            answer = lose.Operation.RunOn(_writer);
        }
        catch (PowerFailureException)
        {
            answer = "";
        }

        Statistics = Statistics with { Losses = Statistics.Losses + 1 };
        Reach(lose.Operation.ApplyTo(before, now, answer).After);
        List<ModelContainer> allowed = answer.Length > 0 ? _since : [.. _since, before];
        var left = _disk.StateAfter(_disk.Log.Count);
        var image = left.Image(PowerLoss.Draw(left, new Random(lose.Seed)));
        Dispose();

        _disk = new RecordingDisk(image);
        _writer = Open();
        _state = ModelContainer.Of(_writer);
        _since = [_state];
        Require(allowed.Contains(_state) || (answer.Length == 0 && MayBePart(lose.Operation, before, now))
            ? null
            : $"leaves\n{_state}\nand none of:\n{string.Join("\n\n", allowed)}");
    }

    /// <summary>In a container with a cap, some parts of a transaction may have been refused before the power failed.</summary>
    private bool MayBePart(Operation operation, ModelContainer before, long now) =>
        _script.Cap > 0 && operation is Together { Commits: true } together
        && Enumerable.Range(0, 1 << together.Parts.Count).Any(parts => _state.Equals(
            new Together([.. together.Parts.Where((_, i) => (parts >> i & 1) == 1)]).ApplyTo(before, now).After));

    private CartridgeFile Open() => CartridgeFile.Open(_disk.Open(), new OpenOptions { Clock = _clock.Read, Durability = _script.Durability, Key = Specimens.KeyFor(_disk.ToArray()), Codecs = SystemCodecs.All });

    private void Compare()
    {
        var shown = ModelContainer.Of(_writer);
        Require(shown.Equals(_state) ? null : $"shows\n{shown}\nand not\n{_state}");
        foreach (var (container, sees) in _readers)
        {
            shown = ModelContainer.Of(container);
            Require(shown.Equals(sees) ? null : $"a reader is shown\n{shown}\nand not\n{sees}");
        }

        var findings = Verifier.Verify(new MemoryMedium(_disk.ToArray(), readOnly: true), new VerifyOptions { Key = Specimens.KeyFor(_disk.ToArray()), Codecs = SystemCodecs.All }).Findings;
        Require(findings.Count == 0 ? null : $"the verifier finds {string.Join("; ", findings)}");
    }
}
