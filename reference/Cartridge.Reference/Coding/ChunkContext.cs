namespace Cartridge.Reference;

/// <summary>Whose content a chunk is, and which part of it.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Number">The chunk's number.</param>
internal readonly record struct ChunkContext(ulong FileId, ulong Number);
