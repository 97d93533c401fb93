using Kaitai;

namespace Cartridge.Reference.Tests;

public class KaitaiStreamTests
{
    [Fact]
    public void Integers_are_read_in_their_byte_order()
    {
        using KaitaiStream stream = OneToEight();
        Assert.Equal(1, stream.ReadU1());
        Assert.Equal(0x0302, stream.ReadU2le());
        Assert.Equal(0x07060504u, stream.ReadU4le());
        stream.Seek(0);
        Assert.Equal(0x0807060504030201ul, stream.ReadU8le());
        stream.Seek(0);
        Assert.Equal(0x0102030405060708ul, stream.ReadU8be());
        Assert.True(stream.IsEof);
        Assert.Equal(-1, new KaitaiStream([.. Enumerable.Repeat((byte)0xFF, 8)]).ReadS8le());
    }

    [Theory]
    [InlineData(9)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void What_is_not_there_is_refused_before_it_costs_anything(long count)
    {
        using KaitaiStream stream = OneToEight();
        Assert.Throws<EndOfStreamError>(() => stream.ReadBytes(count));
        Assert.Throws<EndOfStreamError>(() => stream.Seek(count));
        Assert.Equal(0, stream.Pos);
    }

    [Fact]
    public void Reading_ends_at_the_end()
    {
        using KaitaiStream stream = OneToEight();
        stream.Seek(7);
        Assert.Throws<EndOfStreamError>(() => stream.ReadU2le());
        Assert.Equal([8], stream.ReadBytesFull());
        Assert.Empty(stream.ReadBytesFull());
        Assert.Throws<EndOfStreamError>(() => stream.ReadU1());
    }

    [Fact]
    public void A_failed_check_names_its_place_in_the_description()
    {
        using KaitaiStream stream = OneToEight();
        stream.ReadU1();
        ValidationNotEqualError error = new(new byte[] { 1 }, new byte[20], stream, "/types/node/seq/3");

        Assert.Equal("/types/node/seq/3", error.SrcPath);
        Assert.Equal("/types/node/seq/3: before offset 1: expected 01, got 00000000000000000000000000000000... (20 bytes)", error.Message);
    }

    private static KaitaiStream OneToEight() => new([1, 2, 3, 4, 5, 6, 7, 8]);
}
