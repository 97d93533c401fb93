using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// The locks of one handle, as open-file-description locks behave: taking what one has succeeds, a pin is held once however often
/// it was taken, a handle does not see its own pins, and all end with the handle.
/// </summary>
internal sealed class DiskLocks(DiskLockTable table) : ILocks, IDisposable
{
    public bool TryLockWriter()
    {
        lock (table)
        {
            table.Writer ??= this;
            return ReferenceEquals(table.Writer, this);
        }
    }

    public void UnlockWriter()
    {
        lock (table)
        {
            table.Writer = ReferenceEquals(table.Writer, this) ? null : table.Writer;
        }
    }

    public void Pin(ulong generation)
    {
        lock (table)
        {
            table.Pins.Add((generation, this));
        }
    }

    public void Unpin(ulong generation)
    {
        lock (table)
        {
            table.Pins.Remove((generation, this));
        }
    }

    public ulong? OldestPin(ulong newest)
    {
        lock (table)
        {
            return table.Pins
                .Where(pin => pin.Owner != this && pin.Generation <= newest)
                .Select(pin => (ulong?)pin.Generation)
                .Min();
        }
    }

    public void Dispose()
    {
        UnlockWriter();
        lock (table)
        {
            table.Pins.RemoveWhere(pin => pin.Owner == this);
        }
    }
}

/// <summary>Who holds which lock of a disk.</summary>
internal sealed class DiskLockTable
{
    public DiskLocks? Writer { get; set; }

    public HashSet<(ulong Generation, DiskLocks Owner)> Pins { get; } = [];
}
