namespace Cartridge.Reference;

/// <summary>What one step of compaction has done.</summary>
/// <param name="MovedBlocks">Blocks of 4096 bytes that were written anew, farther down.</param>
/// <param name="TotalBlocks">What the container counts on now, in blocks.</param>
/// <param name="IsComplete">Whether there is nothing left to gain, or no reusable block to move anything to.</param>
public readonly record struct CompactionStep(int MovedBlocks, ulong TotalBlocks, bool IsComplete);
