namespace Cartridge.Reference.Tests;

/// <summary>Streams that come in parts.</summary>
public sealed class TransferStagingTests
{
    [Fact]
    public void A_stream_that_was_cut_anywhere_goes_on_where_it_is_proved()
    {
        using var sender = Material.Empty();
        sender.Write("a", "text"u8);
        sender.WriteAt("c", 100_000, [1, 2, 3]);
        var stream = Material.Stream(sender);
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            using var staged = new MemoryStream();
            var first = TransferStaging.Take(new MemoryStream(stream, 0, cut), staged);
            Assert.Equal((cut == stream.Length, staged.Length), (first.IsWhole, first.Bytes));
            Assert.InRange(first.Bytes, 0, cut);
            if (first.IsWhole)
            {
                continue;
            }

            // The rest, as 'cart send --skip' gives it.
            var second = TransferStaging.Take(new MemoryStream(stream, (int)first.Bytes, stream.Length - (int)first.Bytes), staged);
            Assert.Equal(new TransferProgress(true, stream.Length), second);
            Assert.Equal(stream, staged.ToArray());
        }
    }

    [Fact]
    public void What_is_sound_of_an_altered_stream_is_kept()
    {
        using var sender = Material.Empty();
        sender.Write("a", "text"u8);
        sender.Write("b", Material.Bytes(1, 1000));
        var stream = Material.Stream(sender);
        var altered = stream.ToArray();
        altered[^300] ^= 1;
        using var staged = new MemoryStream();
        Assert.Equal(ErrorCode.TransferChecksumMismatch, Assert.Throws<CartridgeException>(() => TransferStaging.Take(new MemoryStream(altered), staged)).Code);
        Assert.InRange(staged.Length, TransferFormat.HeadLength + 1, stream.Length - 300);
        var kept = (int)staged.Length;
        Assert.Equal(stream[..kept], staged.ToArray());
        Assert.True(TransferStaging.Take(new MemoryStream(stream, kept, stream.Length - kept), staged).IsWhole);
    }

    [Fact]
    public void The_rest_of_another_stream_does_not_fit()
    {
        using var sender = Material.Empty();
        sender.Write("a", "text"u8);
        var one = Material.Stream(sender);
        sender.Write("a", "texT"u8);
        var other = Material.Stream(sender);
        using var staged = new MemoryStream();
        var kept = (int)TransferStaging.Take(new MemoryStream(one, 0, one.Length - 100), staged).Bytes;
        Assert.Equal(ErrorCode.TransferChecksumMismatch, Assert.Throws<CartridgeException>(() => TransferStaging.Take(new MemoryStream(other, kept, other.Length - kept), staged)).Code);
    }
}
