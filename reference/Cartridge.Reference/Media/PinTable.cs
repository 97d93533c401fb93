namespace Cartridge.Reference;

/// <summary>
/// Counts the pins of readers that share a handle or a medium. A handle's locks are invisible to itself, and one unlock
/// would drop those of two readers, so they are counted beside them (spec/05-lifetimes.md, "Pins").
/// </summary>
internal sealed class PinTable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, int> _pins = [];

    /// <summary>The oldest generation that is pinned.</summary>
    public ulong? Oldest
    {
        get
        {
            lock (_gate)
            {
                return _pins.Count == 0 ? null : _pins.First().Key;
            }
        }
    }

    public void Pin(ulong generation)
    {
        lock (_gate)
        {
            _pins[generation] = _pins.GetValueOrDefault(generation) + 1;
        }
    }

    public void Unpin(ulong generation)
    {
        lock (_gate)
        {
            if (_pins.GetValueOrDefault(generation) is > 1 and var count)
            {
                _pins[generation] = count - 1;
            }
            else
            {
                _pins.Remove(generation);
            }
        }
    }
}
