using Cartridge.Testing;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>
/// The system refuses a read, a write, a sync or a change of the length: each one in turn, once or from then on. The container
/// stays as it was and its handle usable, unless nobody can know: then the handle is poisoned and says so.
/// </summary>
public class FaultsTests(ITestOutputHelper output)
{
    private const int Seed = 20_011;

    public static TheoryData<string, MediumCall, bool> Everything()
    {
        var all = new TheoryData<string, MediumCall, bool>();
        foreach (var start in new[] { Start.Empty, Start.Small, Start.Tight, Start.Fragmented })
        {
            foreach (var call in Enum.GetValues<MediumCall>())
            {
                all.Add(start.Name, call, false);
                all.Add(start.Name, call, true);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_refused_call_leaves_the_container_as_it_was(string name, MediumCall call, bool lasting)
    {
        var start = Start.Named(name);
        IEnumerable<Operation> operations = start == Start.Fragmented
            ? [Workloads.Kinds[0], new Delete("kept")]
            : [.. Workloads.Kinds, new Together(Workloads.Kinds), new DeleteTree("folder"), new SetTitle("Another")];
        var refused = operations.Sum(operation => FaultRun.EachCall(start, operation, call, lasting, Seed));
        output.WriteLine($"{refused} refused calls");
        Assert.True(refused > 0 || call is MediumCall.SetLength or MediumCall.Read);
    }

    [Theory]
    [InlineData("small", MediumCall.Read)]
    [InlineData("torn", MediumCall.Read)]
    [InlineData("torn", MediumCall.Write)]
    [InlineData("torn", MediumCall.Sync)]
    [InlineData("fragmented", MediumCall.Read)]
    public void A_refused_call_on_opening_leaves_the_container_and_its_lock_free(string name, MediumCall call)
    {
        var start = Start.Named(name);
        var refused = 0;
        for (var number = 1; ; number++, refused++)
        {
            var disk = new RecordingDisk(start.Image);
            using var medium = new FailingMedium(disk.Open());
            medium.Fail(call, number, lasting: false);
            try
            {
                using var opened = CartridgeFile.Open(medium);
                Assert.False(medium.HasFailed);
                break;
            }
            catch (IOException)
            {
                Assert.True(medium.HasFailed);
            }

            medium.Heal();
            using var second = CartridgeFile.Open(disk.Open());
            Assert.Equal(start.Content, ModelContainer.Of(second));
        }

        output.WriteLine($"{refused} refused calls");
        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData(MediumCall.Write)]
    [InlineData(MediumCall.Sync)]
    [InlineData(MediumCall.SetLength)]
    public void A_refused_call_on_creating_is_reported(MediumCall call)
    {
        using var medium = new FailingMedium(new RecordingDisk([]).Open());
        medium.Fail(call, 1, lasting: true);
        Assert.Throws<IOException>(() => new CartridgeBuilder().Slug("never").Create(medium));
    }

    [Fact]
    public void Closing_never_fails()
    {
        foreach (var call in Enum.GetValues<MediumCall>())
        {
            using var medium = new FailingMedium(new RecordingDisk(Start.Fragmented.Image).Open());
            var container = CartridgeFile.Open(medium);
            container.Write("new", new byte[700]);
            container.BeginTransaction();
            container.Delete("new");
            medium.Fail(call, 1, lasting: true);
            container.Dispose();
        }
    }

    [Fact]
    public void A_refused_operation_leaves_what_its_transaction_wrote_before_it()
    {
        // Replacing what the transaction has just written gives blocks back; none of them may be overwritten before it is sure
        // that the replacement stays.
        using var container = new CartridgeBuilder().Slug("full").MaxBlocks(24).Create(new RecordingDisk([]).Open());
        var first = new Payload(1, 5000).ToArray();
        using (var transaction = container.BeginTransaction())
        {
            container.Write("a", first);
            var error = Assert.Throws<CartridgeException>(() => container.Write("a", new Payload(2, 100_000).ToArray(), new() { ChunkShift = 12 }));
            Assert.Equal(ErrorCode.LimitExceeded, error.Code);
            transaction.Commit();
        }

        Assert.Equal(first, container.Read("a"));
    }

    [Fact]
    public void A_damaged_page_is_an_error_of_the_container_and_not_of_the_system()
    {
        var image = (byte[])Start.Small.Image.Clone();
        image.AsSpan(Format.FixedBlocks * Format.PageSize).Fill(0xAA);
        using var container = CartridgeFile.Open(new MemoryMedium(image));
        var error = Assert.Throws<CartridgeException>(() => container.List().ToList());
        Assert.Equal("page", error.Code.Class);
        Assert.Throws<CartridgeException>(() => container.Write("new", new byte[700]));
    }
}
