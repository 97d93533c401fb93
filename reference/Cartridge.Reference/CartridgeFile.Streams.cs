namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>
    /// Opens a file for writing at any position; one that is not there is made. What is written gathers up to a chunk and is
    /// then an operation of its own: with immediate durability each such portion is a commit, so many small writes belong
    /// into a transaction or a handle with deferred durability.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <returns>A stream that can seek; flush or dispose it to write what it still holds.</returns>
    /// <exception cref="CartridgeException">As for <see cref="WriteAt(string, long, ReadOnlySpan{byte})"/>.</exception>
    public Stream OpenWrite(string path)
    {
        WriteAt(path, 0, []);
        return new ContentWriteStream(this, path);
    }

    /// <summary>Gives the space of a part of a file back; it reads as zero from then on. Only whole chunks give space back.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where the part begins, in bytes from the file's start.</param>
    /// <param name="length">How long it is, in bytes; what lies beyond the end of the file is ignored.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>api.bad-argument</c>, and as for files.</exception>
    public void PunchHole(string path, long offset, long length)
    {
        var key = CatalogPath.Encode(path);
        if (offset < 0 || length < 0)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"{length} bytes at offset {offset} are no part of a file.");
        }

        Change(() =>
        {
            var file = FileAt(key) ?? throw NotFound(key);
            _draft.Put(key, _draft.ClearContent(file, offset, Math.Min(length, Math.Max(0, file.Size - offset)), key) with { Modified = _clock() });
        });
    }
}
