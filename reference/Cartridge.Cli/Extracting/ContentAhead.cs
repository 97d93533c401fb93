using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>
/// What is stored of a file, chunk by chunk and without its holes. While one chunk is being used, the next is read and proved
/// on another thread.
/// </summary>
internal static class ContentAhead
{
    /// <summary>Reads a file.</summary>
    /// <returns>Offsets, and what stands there; valid until the next is asked for.</returns>
    public static IEnumerable<(long Start, ReadOnlyMemory<byte> Bytes)> Of(CartridgeView container, CartridgeEntry entry)
    {
        var length = 1 << Math.Max(entry.ChunkShift, (byte)Format.DefaultChunkShift);
        var (buffer, spare) = (new byte[Math.Min(length, entry.Size)], Array.Empty<byte>());
        var portion = Read(0, buffer);
        while (portion is { } current)
        {
            var end = current.Start + current.Bytes.Length;
            if (end >= entry.Size)
            {
                yield return current;
                yield break;
            }

            var free = spare.Length > 0 ? spare : new byte[length];
            var next = Task.Run(() => Read(end, free));
            try
            {
                yield return current;
            }
            finally
            {
                // Whoever stops here may close the container.
                ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
            }

            (buffer, spare) = (free, buffer);
            portion = next.GetAwaiter().GetResult();
        }

        (long Start, ReadOnlyMemory<byte> Bytes)? Read(long from, byte[] target) => container.NextData(entry.Path, from) is { } start
            ? (start, target.AsMemory(0, container.ReadAt(entry.Path, start, target)))
            : null;
    }
}
