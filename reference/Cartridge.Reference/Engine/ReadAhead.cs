using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Cartridge.Reference;

/// <summary>
/// Goes through the steps of a bulk write on a thread of its own, a few portions of content ahead of the writer: while one is
/// being written, the next are read, encoded and their checksums computed. Steps and portions come out in the order in which they went in.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    /// <summary>Portions that may wait: 2 MiB of chunks of the usual size, 8 MiB of the largest.</summary>
    public const int MaxWaiting = 32;

    /// <summary>Files that may have been begun before the turn of the first: those that wait, one in each hand.</summary>
    public const int MaxAhead = MaxWaiting + 2;

    private readonly BlockingCollection<Item> _queue = new(MaxWaiting);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Begins to read.</summary>
    /// <param name="steps">The steps; asked for on another thread.</param>
    /// <param name="encoding">How the content of a file with this metadata is made ready; asked for on another thread.</param>
    /// <param name="ids">Where a file's id comes from that is needed to encrypt; null if nothing is encrypted.</param>
    public ReadAhead(IEnumerable<BulkStep> steps, Func<EntryMetadata?, PortionEncoding> encoding, FileIdReserve? ids) => _reading = Task.Factory.StartNew(
        () => Read(steps, encoding, ids), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The steps, with the id that a new file is to have, if it was set aside. After a file, <see cref="Content"/> has to be gone through before the next is asked for.</summary>
    /// <remarks>What a stream, or the sequence of steps itself, throws arrives here unchanged, or from <see cref="Content"/>.</remarks>
    public IEnumerable<(BulkStep Step, ulong? FileId)> Steps
    {
        get
        {
            while (Next() is { Step: { } step, FileId: var fileId })
            {
                yield return (step, fileId);
            }
        }
    }

    /// <summary>The portions of the file whose turn it is.</summary>
    public IEnumerable<Portion> Content
    {
        get
        {
            Portion portion;
            do
            {
                portion = Next()!.Value.Portion!;
                yield return portion;
            }
            while (!portion.IsLast);
        }
    }

    /// <summary>Ends the reading, once the stream that is being read has answered.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _reading.Wait();
        while (_queue.TryTake(out var left))
        {
            left.Portion?.Release();
        }

        _stop.Dispose();
        _queue.Dispose();
    }

    private Item? Next()
    {
        if (_queue.TryTake(out var item, Timeout.Infinite))
        {
            return item;
        }

        _failure?.Throw();
        return null;
    }

    private void Read(IEnumerable<BulkStep> steps, Func<EntryMetadata?, PortionEncoding> encoding, FileIdReserve? ids)
    {
        try
        {
            foreach (var step in steps)
            {
                var fileId = step.Content is null ? null : ids?.Take();
                _queue.Add(new Item(step, null, fileId), _stop.Token);
                if (step.Content is not { } content)
                {
                    continue;
                }

                var how = encoding(step.Metadata) with { Place = fileId is { } id ? (id, ids!.Birth) : null };
                foreach (var portion in Portion.Cut(content, step.Metadata, how))
                {
                    portion.ComputeAhead();
                    _queue.Add(new Item(null, portion, null), _stop.Token);
                }
            }
        }
        catch (Exception e)
        {
            // Thrown again where somebody can catch it; after a stop nobody asks.
            _failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            _queue.CompleteAdding();
        }
    }

    /// <summary>A step, or a portion of the step before it.</summary>
    private readonly record struct Item(BulkStep? Step, Portion? Portion, ulong? FileId);
}
