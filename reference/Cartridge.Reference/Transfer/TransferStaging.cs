namespace Cartridge.Reference;

/// <summary>
/// Keeps a stream until it is whole. Each record is proved as it arrives, so what is kept of a stream that was cut can be relied
/// on, and the sender goes on behind it (spec/16-transfer.md, "Resuming").
/// </summary>
public static class TransferStaging
{
    /// <summary>Takes in a stream, or the rest of one.</summary>
    /// <param name="source">Read to its end: the stream, or what follows what is kept already.</param>
    /// <param name="staged">What is kept; read, written and able to seek. Bytes in it that do not prove themselves are cut off.</param>
    /// <returns>How far it has come.</returns>
    /// <exception cref="CartridgeException">The stream is not sound. What was proved before is kept.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static TransferProgress Take(Stream source, Stream staged)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(staged);
        staged.Position = 0;
        var walk = new TransferWalk(new Joined(staged, source), null, new StrictChecker { Subject = "stream" });
        try
        {
            return new TransferProgress(walk.Run(), walk.Proved);
        }
        catch (CartridgeException e) when (e.Finding?.Requirement == TransferRule.Whole.Id)
        {
            return new TransferProgress(false, walk.Proved);
        }
        finally
        {
            staged.SetLength(walk.Proved);
        }
    }

    /// <summary>What is kept, and behind it what comes, which is kept at once.</summary>
    private sealed class Joined(Stream staged, Stream source) : Stream
    {
        private readonly long _kept = staged.Length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (staged.Position < _kept)
            {
                return staged.Read(buffer[..(int)Math.Min(buffer.Length, _kept - staged.Position)]);
            }

            var read = source.Read(buffer);
            staged.Write(buffer[..read]);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            // Nothing is held back.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
