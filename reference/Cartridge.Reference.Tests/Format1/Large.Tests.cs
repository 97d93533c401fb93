using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>What only large containers of format 1 have.</summary>
public sealed class LargeFormatOneTests
{
    /// <summary>49,153 blocks do not fit into 49,152, so there are 98,304; the bits of the free ones fill a page of the allocator with zeros.</summary>
    [Fact]
    public void A_container_that_has_just_doubled_has_a_page_of_zeros_in_its_allocator()
    {
        const long Length = 49_153L * 4096;
        var folder = Directory.CreateTempSubdirectory("cartridge-large-");
        try
        {
            var path = Path.Combine(folder.FullName, "large.cart");
            using (var medium = FileMedium.CreateUnnamed(path, out var temporary))
            {
                using var zeros = new FileStream(Path.Combine(folder.FullName, "zeros"), FileMode.CreateNew);
                zeros.SetLength(Length);
                var writer = new Format1Writer(medium);
                writer.Write(new Format1Entry { Path = "large", Type = EntryType.File }, zeros, Length);
                writer.Write(new Format1Entry { Path = "small", Type = EntryType.File }, "content"u8.ToArray());
                writer.Flush();
                File.Move(temporary, path);
            }

            using var read = FileMedium.Open(path, readOnly: true);
            Assert.True(HasAllocatorPageOfZeros(read), "the container is not what this test is about");
            var report = Format1Verifier.Verify(read);
            Assert.DoesNotContain(report.Findings, finding => finding.Severity == Severity.Error);
            Assert.Equal(["large", "small"], report.Entries.Select(entry => entry.Path.TrimStart('/')));
            using var file = Format1File.Open(path);
            using var content = new MemoryStream();
            file.CopyTo(file.Entries[1], content);
            Assert.Equal("content"u8.ToArray(), content.ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool HasAllocatorPageOfZeros(FileMedium medium)
    {
        var page = new byte[4096];
        medium.Read(2 * 4096, page);
        var count = BitConverter.ToUInt16(page, 5);
        return Enumerable.Range(0, count).Select(i => BitConverter.ToInt64(page, 7 + (8 * i))).Any(overflow =>
        {
            var content = new byte[4096];
            medium.Read(overflow * 4096, content);
            return content.AsSpan().IndexOfAnyExcept((byte)0) < 0;
        });
    }
}
