using System.Security.Cryptography;

namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>
    /// The content digest: the SHA-256 of the full stream. It is the same for the same entries and contents, however and wherever
    /// they are kept; title, slug and snapshots are not part of it. This reads everything.
    /// </summary>
    /// <param name="at">The name of a snapshot; null for the current state as it was published last.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="CartridgeException">As for <see cref="Send"/>.</exception>
    public byte[] ContentDigest(string? at = null)
    {
        using var hash = SHA256.Create();
        using (var sink = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            Send(sink, to: at);
        }

        return hash.Hash!;
    }

    /// <summary>
    /// Writes a state as a stream from which <see cref="Receive(Stream, string, ContentSum)"/> makes it anew: all of it, the same bytes for the same content, or
    /// what is different in it from an earlier one; twice the same (CART-TRF-102). The stream is not encrypted, whatever the container is.
    /// </summary>
    /// <param name="destination">Written from its position on.</param>
    /// <param name="from">The name of the snapshot that the receiver has the content of; null for a full stream.</param>
    /// <param name="to">The name of the snapshot to send; null for the current state as it was published last.</param>
    /// <param name="known">The sum of the earlier snapshot, if it was kept; without it that snapshot is read once.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>snapshot.bad-name</c>, <c>crypto.missing-key</c>; or something
    /// of the container is damaged.</exception>
    /// <exception cref="IOException">The destination refused.</exception>
    public TransferSummary Send(Stream destination, string? from = null, string? to = null, ContentSum? known = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var after = OpenState(to);
        if (from is null)
        {
            return StateSender.Full(after.State, destination);
        }

        using var before = OpenSnapshot(from);
        return StateSender.Delta(before.State, after.State, known, destination);
    }

    /// <summary>Computes the sum of a state, to be kept for the next transfer. This reads everything.</summary>
    /// <param name="at">The name of a snapshot; null for the current state as it was published last.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="CartridgeException">As for <see cref="Send"/>.</exception>
    public ContentSum SumContent(string? at = null)
    {
        using var reader = OpenState(at);
        return FileSegments.SumOf(reader.State);
    }

    /// <summary>
    /// Brings the container to the content that a stream carries: as one commit, or, if the stream is not whole and sound, or is one
    /// onto another content, not at all (CART-TRF-105). The stream is read twice, first to prove all of it (CART-TRF-106).
    /// </summary>
    /// <param name="source">A stream that can seek, from its position to its end; see <see cref="TransferStaging"/> for others.</param>
    /// <param name="snapshot">The name of a snapshot to make of the result, in the same commit; null for none.</param>
    /// <param name="known">The sum of the container's content, if it was kept; without it, and with a delta, everything is read once.</param>
    /// <returns>What was received.</returns>
    /// <exception cref="CartridgeException"><c>transfer.bad-stream</c>, <c>transfer.unsupported</c>, <c>transfer.truncated</c>,
    /// <c>transfer.checksum-mismatch</c>, <c>transfer.wrong-base</c>, <c>transfer.wrong-result</c>; what chapter 7 says of entries;
    /// <c>snapshot.bad-name</c>, <c>api.exists</c>, <c>limit.exceeded</c>, <c>api.read-only</c>, <c>api.poisoned</c>;
    /// <c>api.bad-argument</c>: a snapshot within a transaction.</exception>
    /// <exception cref="IOException">The system refused; unless the handle is poisoned, the container is as it was.</exception>
    public TransferSummary Receive(Stream source, string? snapshot = null, ContentSum? known = null) =>
        Receive(source, snapshot, known, new StrictChecker { Subject = "stream" });

    internal TransferSummary Receive(Stream source, string? snapshot, ContentSum? known, Checker c)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanSeek)
        {
            throw new CartridgeException(ErrorCode.BadArgument, "The stream cannot be read twice.");
        }

        var name = snapshot is null ? null : SnapshotName.Encode(snapshot);
        var start = source.Position;
        _ = new TransferWalk(source, null, c).Run();
        using var access = Enter();
        if (name is not null && (_transaction is not null || _operations > 0))
        {
            throw new CartridgeException(ErrorCode.BadArgument, "A snapshot is the end of a commit and cannot be a part of a transaction.");
        }

        StateReceiver? receiver = null;
        TransferWalk? walk = null;
        Change(
            () =>
            {
                source.Position = start;
                receiver = new StateReceiver(_draft, known, NextFileId);
                walk = new TransferWalk(source, receiver, c);
                _ = walk.Run();
                if (name is not null)
                {
                    _ = _draft.CreateSnapshot(name, _clock());
                }
            },
            publishes: name is not null);
        receiver!.Sum.State = FileSegments.StateOf(_draft);
        return new TransferSummary(walk!.Head.Kind == TransferKind.Full, walk.Entries, walk.Removals, walk.Proved, receiver.Sum);
    }
}
