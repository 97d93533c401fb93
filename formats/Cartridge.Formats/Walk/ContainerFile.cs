using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>The raw pages of the file.</summary>
internal sealed class ContainerFile
{
    internal const int PageSize = 4096;

    private readonly Stream _stream;

    internal ContainerFile(Stream stream)
    {
        if (!stream.CanSeek)
        {
            throw new ArgumentException("A container is read here and there: its stream must be able to seek.", nameof(stream));
        }

        _stream = stream;
    }

    internal long Length => _stream.Length;

    /// <summary>How many whole pages the file has.</summary>
    internal ulong PageCount => (ulong)(Length / PageSize);

    internal byte[] ReadPage(ulong page)
    {
        byte[] bytes = new byte[PageSize];
        ReadPages(page, bytes);
        return bytes;
    }

    /// <summary>Reads from the beginning of a page on, which may go on into the pages behind it.</summary>
    internal void ReadPages(ulong page, Span<byte> bytes)
    {
        Require(page < PageCount, "CART-COM-016", "container.truncated", page,
            $"the file ends before the page");
        _stream.Position = checked((long)page * PageSize);
        int count = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        Require(count == bytes.Length, "CART-COM-016", "container.truncated", page,
            $"the file ends in the page");
    }

    /// <summary>The first bytes of the file, as many of them as there are.</summary>
    internal byte[] ReadStart(int count)
    {
        byte[] bytes = new byte[Math.Min(count, Length)];
        _stream.Position = 0;
        return bytes[.._stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
