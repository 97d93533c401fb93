namespace Cartridge.Reference;

/// <summary>Keeps what was used last, up to a number of entries; constant time for each operation.</summary>
internal sealed class LruCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _entries = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = [];

    public bool TryGet(TKey key, out TValue value)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            value = default!;
            return false;
        }

        _order.Remove(entry);
        _order.AddFirst(entry);
        value = entry.Value.Value;
        return true;
    }

    public void Put(TKey key, TValue value)
    {
        if (_entries.Remove(key, out var old))
        {
            _order.Remove(old);
        }

        _entries.Add(key, _order.AddFirst((key, value)));
        if (_entries.Count > capacity)
        {
            _entries.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }
    }
}
