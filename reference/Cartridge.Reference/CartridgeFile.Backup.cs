namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    private const int BackupPiece = 1 << 20;

    /// <summary>
    /// Copies a container as it is at one moment, while others read and write it. The copy has the same state, and so the same
    /// state hash; the second commit record is left empty, and the copy's first writer makes one. No key is needed. What was
    /// written is verified before it gets its name.
    /// </summary>
    /// <param name="path">The container.</param>
    /// <param name="target">A file that does not exist.</param>
    /// <param name="onPortion">Told how many bytes were copied or verified since the last time; what it throws ends the work, and there is no copy.</param>
    /// <returns>The generation that was copied.</returns>
    /// <exception cref="CartridgeException">The container is not valid; or <c>api.not-found</c>, <c>api.exists</c>,
    /// <c>api.access-denied</c>.</exception>
    /// <exception cref="IOException">The system refused; there is no copy then.</exception>
    public static ulong BackUp(string path, string target, Action<int>? onPortion = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        using var source = FileMedium.Open(path, readOnly: true);
        if (File.Exists(target))
        {
            throw FileMedium.AlreadyThere(target);
        }

        using var copy = FileMedium.CreateUnnamed(target, out var temporary);
        try
        {
            var generation = CopyNewest(source, copy, onPortion);
            copy.Sync();
            if (Verifier.Verify(new ToldMedium(copy, onPortion)).Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
            {
                throw new CartridgeException(error);
            }

            FileMedium.Publish(temporary, target);
            return generation;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Copies the identity, the newest record, and all pages that it counts on, as long as it is pinned. Zeros take no room.</summary>
    private static ulong CopyNewest(FileMedium source, FileMedium copy, Action<int>? onPortion)
    {
        var checker = new StrictChecker();
        var identity = Identity.Read(source, checker)!;
        var state = PinNewest(source, identity, checker, out var generation);
        try
        {
            var (record, _) = ReadState(state, identity, source, checker);
            copy.SetLength(Pages.OffsetOf(record.TotalBlocks));
            var piece = new byte[BackupPiece];
            Pages.ReadRaw(source, 0, piece.AsSpan(0, Format.PageSize));
            copy.Write(0, piece.AsSpan(0, Format.PageSize));
            copy.Write(Pages.OffsetOf((ulong)state.NewestPage), state.Newest);
            for (ulong page = Format.FirstFreeBlock; page < record.TotalBlocks; page += BackupPiece / Format.PageSize)
            {
                var part = piece.AsSpan(0, (int)Math.Min(BackupPiece, (long)(record.TotalBlocks - page) * Format.PageSize));
                onPortion?.Invoke(part.Length);
                Pages.ReadRaw(source, page, part);
                if (part.IndexOfAnyExcept((byte)0) >= 0)
                {
                    copy.Write(Pages.OffsetOf(page), part);
                }
            }

            return generation;
        }
        finally
        {
            source.Locks.Unpin(generation);
        }
    }

    /// <summary>The copy while it is verified.</summary>
    private sealed class ToldMedium(FileMedium inner, Action<int>? onPortion) : IMedium
    {
        public long Length => inner.Length;

        public bool IsReadOnly => true;

        public ILocks Locks => inner.Locks;

        public int Read(long offset, Span<byte> destination)
        {
            onPortion?.Invoke(destination.Length);
            return inner.Read(offset, destination);
        }

        public void Write(long offset, ReadOnlySpan<byte> source) => throw new NotSupportedException();

        public void SetLength(long length) => throw new NotSupportedException();

        public void Sync() => throw new NotSupportedException();

        public void Dispose()
        {
            // Whoever made the copy closes it.
        }
    }
}
