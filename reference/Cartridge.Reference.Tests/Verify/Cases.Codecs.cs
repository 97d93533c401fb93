using System.Buffers.Binary;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>Stored bytes that their codec does not allow, under checksums that are right.</summary>
internal static class CodecCases
{
    private const int Lz4 = 0;
    private const int Zstandard = 1;

    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-COD-001"] = new("coded", d => Change(d, Zstandard, stored => stored[0] ^= 1)),
        ["CART-COD-001 skippable"] = new("coded", d => Replace(d, Zstandard, [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0])),
        ["CART-COD-001 empty"] = new("coded", d => Replace(d, Zstandard, [0x28])),
        ["CART-COD-001 block"] = new("coded", d => Replace(d, Zstandard, Frame(0x00, [0x60], Block(20_000, type: 3, isLast: true)))),
        ["CART-COD-001 checksum"] = new("coded", d => Replace(d, Zstandard, Frame(0x04, [0x60], Block(20_000, type: 1, isLast: true)))),
        ["CART-COD-001 endless"] = new("coded", d => Replace(d, Zstandard, Frame(0x00, [0x60], Block(20_000, type: 1, isLast: false)))),
        ["CART-COD-002"] = new("coded", d => Replace(d, Zstandard, Frame(0x01, [0x60, 9], Block(20_000, type: 1, isLast: true)))) { AloneStands = false },
        ["CART-COD-003"] = new("coded-crc", d => Replace(d, Zstandard, Frame(0x00, [0x69], Block(21_000, type: 1, isLast: true)))),
        ["CART-COD-004"] = new("coded", d => Change(d, Zstandard, stored => stored[5] ^= 1)) { AloneStands = false },
        ["CART-COD-004 huge"] = new("coded", d => Replace(d, Zstandard, Frame(0xC0, [0x60, .. new byte[7], 0x80], Block(21_000, type: 1, isLast: true)))) { AloneStands = false },
        ["CART-COD-005"] = new("coded", d => Append(d, Zstandard, [0])),
        ["CART-COD-005 frame"] = new("coded", d => Append(d, Zstandard, [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0, 1, 0, 0])),
        ["CART-COD-006"] = new("coded", d => Change(d, Lz4, stored => stored.AsSpan(0, 4000).Fill(0xFF))),
        ["CART-COD-006 offset"] = new("coded", d => Change(d, Lz4, stored => stored.AsSpan(FirstOffset(stored), 2).Clear())),
        ["CART-COD-006 far"] = new("coded", d => Change(d, Lz4, stored => stored.AsSpan(FirstOffset(stored), 2).Fill(0xFF))),
        ["CART-COD-006 zstd"] = new("coded", d => Replace(d, Zstandard, Frame(0x00, [0x60], [.. Block(3, type: 2, isLast: true)[..3], 0xFF, 0xFF, 0xFF]))),
        ["CART-COD-007"] = new("coded", d => Logical(d, Lz4, -1)),
        ["CART-COD-007 zstd"] = new("coded", d => Replace(d, Zstandard, Frame(0x00, [0x60], Block(128 << 10, type: 1, isLast: true)))),
        ["CART-COD-008"] = new("coded", d => Logical(d, Lz4, 1)),
        ["CART-COD-008 zstd"] = new("coded", d => Replace(d, Zstandard, Frame(0x00, [0x60], Block(1, type: 1, isLast: true)))),
    };

    /// <summary>A frame: the magic number, a descriptor, the rest of the header, blocks.</summary>
    private static byte[] Frame(byte descriptor, byte[] header, byte[] blocks) => [0x28, 0xB5, 0x2F, 0xFD, descriptor, .. header, .. blocks];

    /// <summary>A block of one byte that is repeated, or of a type that says so.</summary>
    private static byte[] Block(int length, int type, bool isLast)
    {
        var block = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(block, (isLast ? 1 : 0) | (type << 1) | (length << 3));
        block[3] = (byte)'x';
        return block;
    }

    /// <summary>Where an LZ4 block says from where its first match is to be copied.</summary>
    private static int FirstOffset(byte[] stored)
    {
        var (at, literals) = (1, stored[0] >> 4);
        for (var goesOn = literals == 15; goesOn; at++)
        {
            literals += stored[at];
            goesOn = stored[at] == byte.MaxValue;
        }

        return at + literals;
    }

    private static Spot Change(Damage d, int chunk, Action<byte[]> change)
    {
        var stored = Stored(d, chunk);
        change(stored);
        return Replace(d, chunk, stored);
    }

    private static Spot Append(Damage d, int chunk, byte[] more) => Replace(d, chunk, [.. Stored(d, chunk), .. more]);

    /// <summary>Puts other bytes into a chunk's first page, which has to hold them all.</summary>
    private static Spot Replace(Damage d, int chunk, byte[] stored)
    {
        var page = Page(d, chunk);
        page.Span(Format.PageSize).Clear();
        stored.CopyTo(page.Span(stored.Length));
        d.ContentRoot.Value(chunk).Plus(sizeof(uint)).U32((uint)stored.Length);
        return page.Whole();
    }

    private static Spot Logical(Damage d, int chunk, int difference)
    {
        var length = d.ContentRoot.Value(chunk);
        length.U32((uint)(BinaryPrimitives.ReadUInt32LittleEndian(length.Span(sizeof(uint))) + difference));
        return Page(d, chunk).Whole();
    }

    private static byte[] Stored(Damage d, int chunk) =>
        Page(d, chunk).Span((int)BinaryPrimitives.ReadUInt32LittleEndian(d.ContentRoot.Value(chunk).Plus(sizeof(uint)).Span(sizeof(uint)))).ToArray();

    private static Spot Page(Damage d, int chunk) => d.Page(PageCases.Run(d.ContentRoot, chunk).Number64());
}
