namespace Cartridge.Reference;

/// <summary>One field of a page, for people who explore a layout.</summary>
/// <param name="Offset">In bytes from the page's start.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Name">The field's name in the specification's tables.</param>
/// <param name="Meaning">What its bytes say.</param>
public sealed record PageField(int Offset, int Length, string Name, string Meaning);

/// <summary>What a page is, field by field.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Kind">What its own bytes say it is: identity, commit record, catalog node, content node, system node, or
/// raw (content, or nothing).</param>
/// <param name="Fields">Its fields in the order of their offsets; a raw page has none.</param>
/// <param name="Bytes">The page's 4096 bytes.</param>
public sealed record PageDescription(long Page, string Kind, IReadOnlyList<PageField> Fields, ReadOnlyMemory<byte> Bytes);
