namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>
    /// Carries out many steps as one operation: all of them, or nothing. Contents are read, encoded, encrypted and summed on
    /// other threads, a few chunks ahead of what is being written; each byte is read once.
    /// </summary>
    /// <param name="steps">
    /// Asked for one by one on another thread, while this one writes. The sequence may open files and close them after their
    /// step; it must not use this container, which is busy until the end. What needs it is a step of its own,
    /// <see cref="BulkStep.Do"/>.
    /// </param>
    /// <exception cref="CartridgeException">As for <see cref="Write(string, Stream, EntryMetadata?)"/>; a container that is found
    /// full on the way stays full for these steps, since no stream is read again.</exception>
    /// <exception cref="IOException">The system refused. What a stream, the sequence or a step throws arrives as it is, after the
    /// container has been put back and the sequence has ended.</exception>
    public void WriteAll(IEnumerable<BulkStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var attempts = 0;
        Change(() =>
        {
            if (attempts++ > 0)
            {
                throw new CartridgeException(ErrorCode.LimitExceeded, "The container is full, and the streams cannot be read again.");
            }

            var ids = IsEncrypted ? new FileIdReserve(_draft) : null;
            ids?.Add(ReadAhead.MaxAhead);
            using (var ahead = new ReadAhead(steps, Encoding, ids))
            {
                CarryOut(ahead, ids);
            }

            ids?.GiveBack();
        });
    }

    private void CarryOut(ReadAhead ahead, FileIdReserve? ids)
    {
        foreach (var (step, fileId) in ahead.Steps)
        {
            if (step.Action is { } action)
            {
                action();
                continue;
            }

            ids?.Add(1);
            var key = CatalogPath.Encode(step.Path);
            Change(() => Replace(key, ahead.Content, step.Metadata, fileId));
        }
    }
}
