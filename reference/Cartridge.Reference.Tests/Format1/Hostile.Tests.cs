using System.Buffers.Binary;
using System.Text;
using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>Files of format 1 that somebody made to hurt: each gives findings or an error of the taxonomy, and takes little memory.</summary>
public class HostileFormatOneTests
{
    private const int Page = 4096;
    private const long MaxAllocated = 64L << 20;
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CARTRIDGE_DEEP") == "1" ? 20_000 : 150;

    public static TheoryData<string> Sound => Golden.Sound;

    [Theory]
    [MemberData(nameof(Sound))]
    public void Any_bytes_give_findings_or_an_error(string name)
    {
        byte[] sound = Golden.Bytes(name);
        if (sound.Length > 400_000)
        {
            return;
        }

        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            byte[] container = [.. sound];
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                // Nearly all of what can be wrong stands in the first bytes of three pages.
                int at = (random.Next(3) * Page) + random.Next(random.Next(2) == 0 ? 64 : 2000);
                switch (random.Next(3))
                {
                    case 0: container[at] ^= (byte)(1 << random.Next(8)); break;
                    case 1: container[at] = (byte)random.Next(256); break;
                    default: BinaryPrimitives.WriteUInt64LittleEndian(container.AsSpan(at), 1UL << random.Next(64)); break;
                }
            }

            AssertSurvives(random.Next(8) == 0 ? container[..random.Next(container.Length)] : container, $"{name}, seed {seed}");
        }
    }

    [Theory]
    [InlineData("{\"root_page\":1,\"nodes\":", "[")]
    [InlineData("", "{\"nodes\":")]
    [InlineData("{\"root_page\":1,\"nodes\":{\"1\":{\"node_type\":\"Leaf\",\"page_id\":1,\"entries\":[", "{\"key\":\"a\",\"value\":{\"blocks\":[")]
    [InlineData("{", "\"root_page\":1,")]
    [InlineData("{\"root_page\":1,\"nodes\":{", "\"1\":{\"node_type\":\"Internal\",\"page_id\":1,\"entries\":[],\"leftmost_child\":1},")]
    [InlineData("{\"key\":\"\\ud800\",", "{\"key\":\"x\",\"value\":{}},")]
    [InlineData("{\"root_page\":1,\"nodes\":{},\"next_page_id\":2,\"\\ud800\":1}", " ")]
    [InlineData("{\"\\ud800\":1}", " ")]
    [InlineData("{\"root_page\":1,\"nodes\":{\"1\":{\"\\udc00\":{}}}", " ")]
    [InlineData("{\"key\":\"a\",\"value\":{\"\\ud800\":1}}", " ")]
    public void Json_that_goes_on_and_on_or_is_no_text_is_an_error(string beginning, string repeated)
    {
        byte[] container = Golden.Bytes("0.2.6-json/minimal.cart");
        StringBuilder text = new(beginning);
        while (text.Length + repeated.Length <= Page)
        {
            text.Append(repeated);
        }

        foreach (int page in (int[])[1, 2])
        {
            byte[] bomb = [.. container];
            bomb.AsSpan(page * Page, Page).Clear();
            Encoding.UTF8.GetBytes(text.ToString()).CopyTo(bomb, page * Page);
            Assert.Contains(AssertSurvives(bomb, beginning), finding => finding.Severity == Severity.Error);
        }
    }

    [Fact]
    public void Lengths_beyond_everything_are_refused_before_anything_is_made_of_them()
    {
        byte[] container = Golden.Bytes("0.2.7-bincode/overflow300.cart");
        foreach (int at in Enumerable.Range(Page, 200))
        {
            byte[] hostile = [.. container];
            BinaryPrimitives.WriteUInt64LittleEndian(hostile.AsSpan(at), ulong.MaxValue);
            AssertSurvives(hostile, $"byte {at}");
        }
    }

    [Fact]
    public void All_511_overflow_pages_may_be_one()
    {
        byte[] container = Golden.Bytes("0.2.7-bincode/overflow300.cart");
        BinaryPrimitives.WriteUInt16LittleEndian(container.AsSpan(Page + 5), 511);
        BinaryPrimitives.WriteUInt32LittleEndian(container.AsSpan(Page + 1), 511 * Page);
        for (int i = 0; i < 511; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(container.AsSpan(Page + 7 + (8 * i)), 4);
        }

        Assert.Contains(AssertSurvives(container, "one page 511 times"), finding => finding.Code == ErrorCode.ClaimedTwice);
    }

    private static IReadOnlyList<Finding> AssertSurvives(byte[] container, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        IReadOnlyList<Finding> findings = Golden.Verify(container).Findings;
        try
        {
            using MemoryMedium medium = new(container, readOnly: true);
            using Format1File file = Format1File.Open(medium, new() { Salvage = true, Key = new byte[32] });
            foreach (Format1Entry entry in file.Entries.Where(entry => entry.Type != EntryType.Directory))
            {
                try
                {
                    file.CopyTo(entry, Stream.Null);
                }
                catch (CartridgeException)
                {
                    // What cannot be read is refused.
                }
            }
        }
        catch (CartridgeException)
        {
            Assert.Contains(findings, finding => finding.Severity == Severity.Error);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MaxAllocated, $"{what}: {allocated} bytes");
        _ = FormatOneWalkerTests.Judge(container, null, what);
        return findings;
    }
}
