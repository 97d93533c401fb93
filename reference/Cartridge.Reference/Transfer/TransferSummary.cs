namespace Cartridge.Reference;

/// <summary>What was sent or received.</summary>
/// <param name="IsFull">Whether it was all of a content; otherwise a difference.</param>
/// <param name="Entries">Files, directories and links in the stream.</param>
/// <param name="Removals">Entries that go.</param>
/// <param name="Bytes">The stream's length.</param>
/// <param name="Sum">The sum of the content that was sent, or came out.</param>
public sealed record TransferSummary(bool IsFull, ulong Entries, ulong Removals, long Bytes, ContentSum Sum);

/// <summary>How far a stream has come that is kept until it is whole.</summary>
/// <param name="IsWhole">Whether its end has been reached.</param>
/// <param name="Bytes">Bytes that are kept and proved; from there on the sender can go on.</param>
public readonly record struct TransferProgress(bool IsWhole, long Bytes);
