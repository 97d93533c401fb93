using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>Pages of format 1 taken apart.</summary>
public class InspectorTests
{
    private const int Page = 4096;

    public static TheoryData<string> Listed => Golden.Listed;

    /// <summary>Fields stand one behind the other, and say what the reader reads.</summary>
    [Theory]
    [MemberData(nameof(Listed))]
    public void Every_byte_of_the_data_is_in_one_field(string name)
    {
        byte[] bytes = Golden.Bytes(name);
        using Format1File container = Golden.Open(name);
        using MemoryMedium medium = new(bytes, readOnly: true);
        List<string> paths = [];
        for (int page = 0; page < bytes.Length / Page; page++)
        {
            PageDescription description = Format1Inspector.Describe(medium, page);
            int at = description.Kind.EndsWith("continued", StringComparison.Ordinal) ? description.Fields[0].Offset : 0;
            foreach (PageField field in description.Fields)
            {
                Assert.Equal(at, field.Offset);
                at += field.Length;
            }

            Assert.True(at <= Page && bytes.AsSpan((page * Page) + at, Page - at).IndexOfAnyExcept((byte)0) < 0 == (description.Fields.Count > 0 || bytes.AsSpan(page * Page, Page).IndexOfAnyExcept((byte)0) < 0));
            paths.AddRange(description.Fields.Where(field => field.Name == "path").Select(field => field.Meaning));
        }

        if (container.Encoding == Format1Encoding.Blob)
        {
            Assert.Equal(container.Entries.Select(entry => entry.Path), paths.Distinct());
        }

        PageField free = Format1Inspector.Describe(medium, 0).Fields.Single(field => field.Name == "free blocks");
        Assert.Equal((24, $"{container.Header.FreeBlocks}"), (free.Offset, free.Meaning));
    }

    [Fact]
    public void Damaged_pages_are_shown_as_far_as_they_can_be_read()
    {
        byte[] sound = Golden.Bytes("0.2.7-bincode/overflow300.cart");
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            byte[] container = [.. sound];
            container[Page + random.Next(3000)] = (byte)random.Next(256);
            container[(2 * Page) + random.Next(100)] = (byte)random.Next(256);
            using MemoryMedium medium = new(container, readOnly: true);
            foreach (int page in (int[])[0, 1, 2, 4, 5])
            {
                Assert.All(Format1Inspector.Describe(medium, page).Fields, field => Assert.True(field.Offset >= 0 && field.Length > 0 && field.Offset + field.Length <= Page, $"seed {seed}"));
            }
        }
    }
}
