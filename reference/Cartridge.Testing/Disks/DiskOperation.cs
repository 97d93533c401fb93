namespace Cartridge.Testing;

/// <summary>What a handle asked of a <see cref="RecordingDisk"/>, as the disk's log keeps it. Reading leaves no trace.</summary>
public abstract record DiskOperation
{
    private DiskOperation()
    {
    }

    /// <summary>Bytes were written, in one call.</summary>
    /// <param name="Offset">Where, in bytes from the start.</param>
    /// <param name="Bytes">A copy of what was written.</param>
    public sealed record Write(long Offset, byte[] Bytes) : DiskOperation
    {
        /// <inheritdoc/>
        public override string ToString() => $"write {Bytes.Length} at {Offset}";
    }

    /// <summary>The length was set.</summary>
    /// <param name="Length">In bytes.</param>
    public sealed record SetLength(long Length) : DiskOperation
    {
        /// <inheritdoc/>
        public override string ToString() => $"length {Length}";
    }

    /// <summary>Everything before was asked to be durable, and is.</summary>
    public sealed record Sync : DiskOperation
    {
        /// <inheritdoc/>
        public override string ToString() => "sync";
    }
}
