using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>
/// Stores a file with holes: only what stands between them is read and takes space. A disk image of a terabyte that holds
/// a megabyte is packed like a megabyte.
/// </summary>
internal static class SparseContent
{
    private const int BufferSize = 1 << 20;

    /// <summary>Stores such a file; the content hash is left out, since the holes are never read.</summary>
    /// <param name="container">Where to.</param>
    /// <param name="target">Under which path.</param>
    /// <param name="reader">Reads the file.</param>
    /// <param name="file">The same file, for finding its holes.</param>
    /// <param name="files">Knows how.</param>
    /// <param name="size">The file's length in bytes.</param>
    /// <param name="metadata">What else to store.</param>
    public static void Put(
        CartridgeFile container, string target, Stream reader, FileStream file, HostFiles files, long size, EntryMetadata metadata)
    {
        var buffer = new byte[(int)Math.Min(BufferSize, size)];

        // The beginning is written even if it is a hole: by it the engine recognises what wants small chunks.
        var filled = ReadAt(reader, 0, buffer.AsSpan(0, (int)Math.Min(size, 1 << Format.MaxChunkShift)));
        container.Write(target, buffer.AsSpan(0, filled), metadata with { RecordContentHash = false });
        for (long at = filled; filled > 0 && files.NextData(file, at, size) is { } data;)
        {
            for (at = data.Start; at < Math.Min(data.End, size); at += filled)
            {
                filled = ReadAt(reader, at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, data.End - at)));
                if (filled == 0)
                {
                    break; // cut while it was being stored
                }

                container.WriteAt(target, at, buffer.AsSpan(0, filled));
            }
        }

        container.SetLength(target, size);
        container.SetMetadata(target, new EntryMetadata { Modified = metadata.Modified });
    }

    private static int ReadAt(Stream reader, long offset, Span<byte> destination)
    {
        reader.Position = offset;
        return reader.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }
}
