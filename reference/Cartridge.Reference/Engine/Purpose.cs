namespace Cartridge.Reference;

/// <summary>What an operation is for: that decides which blocks of a full container it has to leave to others.</summary>
internal enum Purpose
{
    /// <summary>It adds something: it leaves what deleting entries and deleting snapshots may need.</summary>
    Adding,

    /// <summary>It only deletes entries or shortens content: it leaves what deleting snapshots may need.</summary>
    Deleting,

    /// <summary>It gives back more than it takes: deletes or restores a snapshot, compacts. It may use all there is.</summary>
    Freeing,
}
