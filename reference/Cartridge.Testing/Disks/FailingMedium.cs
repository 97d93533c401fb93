using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>What a system call asks of a medium.</summary>
public enum MediumCall
{
    /// <summary>A read.</summary>
    Read,

    /// <summary>A write.</summary>
    Write,

    /// <summary>A sync.</summary>
    Sync,

    /// <summary>A setting of the length.</summary>
    SetLength,
}

/// <summary>A medium that counts the calls of each kind and refuses the one it is told to refuse, once or from then on.</summary>
/// <param name="inner">The medium behind.</param>
public sealed class FailingMedium(IMedium inner) : IMedium
{
    private readonly int[] _counts = new int[Enum.GetValues<MediumCall>().Length];
    private (MediumCall Call, int Number, bool Lasting)? _fault;

    /// <summary>The message of the first refusal since <see cref="Fail"/>; null if there was none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether a call has been refused since <see cref="Fail"/>.</summary>
    public bool HasFailed => Refusal is not null;

    /// <summary>Whether a write of a commit record has been.</summary>
    public bool RefusedRecord { get; private set; }

    /// <inheritdoc/>
    public long Length => inner.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => inner.IsReadOnly;

    /// <inheritdoc/>
    public ILocks Locks => inner.Locks;

    /// <summary>How many calls of a kind there have been since the last <see cref="Fail"/> or <see cref="Heal"/>.</summary>
    /// <param name="call">The kind.</param>
    public int Count(MediumCall call) => _counts[(int)call];

    /// <summary>Counts anew, and will refuse a call.</summary>
    /// <param name="call">The kind of call.</param>
    /// <param name="number">Which call of that kind from now on, from 1.</param>
    /// <param name="lasting">Whether all later ones of that kind are refused too.</param>
    public void Fail(MediumCall call, int number, bool lasting)
    {
        Heal();
        _fault = (call, number, lasting);
    }

    /// <summary>Counts anew, and refuses nothing.</summary>
    public void Heal()
    {
        Array.Clear(_counts);
        _fault = null;
        Refusal = null;
        RefusedRecord = false;
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        Pass(MediumCall.Read);
        return inner.Read(offset, destination);
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        if (Refuses(MediumCall.Write))
        {
            // What a full disk does: some of it gets there.
            inner.Write(offset, source[..(source.Length / 2)]);
            RefusedRecord |= offset < Format.FixedBlocks * Format.PageSize;
            Refuse(MediumCall.Write);
        }

        inner.Write(offset, source);
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        Pass(MediumCall.SetLength);
        inner.SetLength(length);
    }

    /// <inheritdoc/>
    public void Sync()
    {
        Pass(MediumCall.Sync);
        inner.Sync();
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private void Pass(MediumCall call)
    {
        if (Refuses(call))
        {
            Refuse(call);
        }
    }

    private bool Refuses(MediumCall call)
    {
        var number = ++_counts[(int)call];
        return _fault is { } fault && fault.Call == call && (fault.Lasting ? number >= fault.Number : number == fault.Number);
    }

    private void Refuse(MediumCall call)
    {
        var message = $"The simulated disk refuses {call.ToString().ToLowerInvariant()} {_counts[(int)call]}.";
        Refusal ??= message;
        throw new IOException(message);
    }
}
