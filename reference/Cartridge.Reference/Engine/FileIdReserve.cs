using System.Collections.Concurrent;

namespace Cartridge.Reference;

/// <summary>
/// File ids for the files of a bulk write, set aside before their turn: what is encrypted is bound to its file's id, and
/// whoever encrypts ahead has to know it. An id that is not used in the end is skipped (CART-CAT-104).
/// </summary>
/// <param name="draft">Where ids come from. Only the thread that writes may touch it.</param>
internal sealed class FileIdReserve(Draft draft)
{
    private readonly ConcurrentQueue<ulong> _ids = new();

    /// <summary>The generation that everything will be born in.</summary>
    public ulong Birth { get; } = draft.Generation;

    /// <summary>Sets ids aside; on the thread that writes, and between operations, so that no operation takes it back alone.</summary>
    public void Add(int count)
    {
        for (var i = 0; i < count && draft.NextFileId < ulong.MaxValue; i++)
        {
            _ids.Enqueue(draft.NextFileId++);
        }
    }

    /// <summary>Takes one, on any thread; null if none is there.</summary>
    public ulong? Take() => _ids.TryDequeue(out var id) ? id : null;

    /// <summary>Gives back what was not taken, as far as nothing was given after it.</summary>
    public void GiveBack()
    {
        foreach (var id in _ids.Reverse().TakeWhile(id => id == draft.NextFileId - 1))
        {
            draft.NextFileId = id;
        }
    }
}
