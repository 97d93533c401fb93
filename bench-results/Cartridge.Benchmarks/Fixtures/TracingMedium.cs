using Cartridge.Reference;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Benchmarks;

/// <summary>Notes what is written and synced, and passes everything on.</summary>
/// <param name="medium">The medium that does the work.</param>
internal sealed class TracingMedium(IMedium medium) : IMedium
{
    private readonly List<Step> _steps = [];

    /// <inheritdoc/>
    public long Length => medium.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => medium.IsReadOnly;

    /// <inheritdoc/>
    public ILocks Locks => medium.Locks;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination) => medium.Read(offset, destination);

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        medium.Write(offset, source);
        _steps.Add(new Step(offset, source.ToArray()));
    }

    /// <inheritdoc/>
    public void SetLength(long length) => medium.SetLength(length);

    /// <inheritdoc/>
    public void Sync()
    {
        medium.Sync();
        _steps.Add(Step.Sync);
    }

    /// <inheritdoc/>
    public void Dispose() => medium.Dispose();

    /// <summary>What was done since it was asked last.</summary>
    public IReadOnlyList<Step> TakeSteps()
    {
        IReadOnlyList<Step> taken = [.. _steps];
        _steps.Clear();
        return taken;
    }
}

/// <summary>A write, or a sync.</summary>
/// <param name="Offset">Where it was written.</param>
/// <param name="Bytes">What; null is a sync.</param>
internal sealed record Step(long Offset, byte[]? Bytes)
{
    /// <summary>A sync.</summary>
    public static readonly Step Sync = new(0, null);

    /// <summary>Does the same to another file.</summary>
    public void Repeat(SafeFileHandle file)
    {
        if (Bytes is null)
        {
            RandomAccess.FlushToDisk(file);
        }
        else
        {
            RandomAccess.Write(file, Bytes, Offset);
        }
    }
}
