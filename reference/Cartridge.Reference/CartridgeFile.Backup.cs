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
    /// <returns>The generation that was copied.</returns>
    /// <exception cref="CartridgeException">The container is not valid; or <c>api.not-found</c>, <c>api.exists</c>,
    /// <c>api.access-denied</c>.</exception>
    /// <exception cref="IOException">The system refused; there is no copy then.</exception>
    public static ulong BackUp(string path, string target)
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
            var generation = CopyNewest(source, copy);
            copy.Sync();
            if (Verifier.Verify(copy).Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
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
    private static ulong CopyNewest(FileMedium source, FileMedium copy)
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
}
