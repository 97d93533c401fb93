using Cartridge.Testing;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>The power fails at every moment of receiving: the container is as it was, or all of the stream is in it.</summary>
public sealed class TransferCrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("small", 100)]
    [InlineData("torn", 100)]
    public void Every_loss_of_power_leaves_the_old_content_or_the_new(string name, long least)
    {
        var start = Start.Named(name);
        var search = new CrashSearch(30_001);
        foreach (var changes in Changes)
        {
            // A delta onto what the start holds, from another container with the same content.
            using var sender = CartridgeFile.Open(new MemoryMedium(start.Image.ToArray()));
            sender.CreateSnapshot("base");
            changes(sender);
            var delta = Material.Stream(sender, "base");
            search.Search($"{name}: receive", History.Record(start, [new Receive(delta, Material.Current(sender)), new WriteFile("after", new(5, 5000))]));
        }

        Expect(search, least);
    }

    [Fact]
    public void Every_loss_of_power_while_a_full_stream_is_received_leaves_nothing_or_all()
    {
        using var sender = CartridgeFile.Open(new MemoryMedium(Start.Small.Image.ToArray()));
        sender.Write("large", Material.Bytes(1, 200_000));
        var model = Material.Current(sender);
        var search = new CrashSearch(30_002);
        search.Search("empty: receive", History.Record(Start.Empty, [new Receive(Material.Stream(sender), model.WithTitle(Start.Empty.Content.Title)), new Delete("kept")]));
        Expect(search, 100);
    }

    private static Action<CartridgeFile>[] Changes { get; } =
    [
        container => container.Append("kept", Material.Bytes(1, 80_000)),
        container =>
        {
            container.Delete("folder/chunks");
            container.WriteAt("kept", 1000, Material.Bytes(2, 200));
            container.Write("new", Material.Bytes(3, 30_000));
            container.CreateDirectory("folder");
        },
        container => container.DeleteTree("folder"),
    ];

    private void Expect(CrashSearch search, long least)
    {
        output.WriteLine(search.ToString());
        Assert.True(search.Violations.Count == 0, string.Join("\n\n", search.Violations.Take(5)));
        Assert.InRange(search.States, least, long.MaxValue);
    }

    /// <summary>Receives a stream; what was recorded of content hashes does not travel.</summary>
    private sealed record Receive(byte[] Stream, ModelContainer Result) : Operation
    {
        protected override string Run(CartridgeFile container)
        {
            container.Receive(new MemoryStream(Stream));
            return Done;
        }

        protected override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
        {
            var after = Result;
            foreach (var (path, entry) in Result.Entries)
            {
                var stays = before.Entries.TryGetValue(path, out var old) && old.ToString() == entry.ToString();
                after = stays ? after : after.With(path, entry with { HasHash = false });
            }

            return (after, Done);
        }

        public override string ToString() => $"receive {Stream.Length} bytes";
    }
}
