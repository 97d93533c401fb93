using Cartridge.Conformance.Spec;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests.Spec;

public class PageAnnotatorTests
{
    private static readonly Specification Chapters = Specification.Load(RepositoryRoot.Find());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Annotations_cover_a_page_without_gaps(long number)
    {
        byte[] page = new byte[4096];
        page[1784] = (byte)number;
        AssertCovers(PageAnnotator.Annotate(Chapters.Layouts, number, page));
    }

    [Fact]
    public void Nodes_of_all_kinds_are_covered_too()
    {
        byte[] container = ExampleScript.Run(
        [
            "create slug=many title=Many id=505152535455565758595a5b5c5d5e5f time=0",
            "begin",
            .. Enumerable.Range(0, 200).Select(number => $"mkdir path=folder/{number}"),
            $"write path=large text={new string('x', 5000)} meta.long={new string('y', 5000)}",
            "commit",
        ]);
        List<string> labels = [];
        for (int number = 3; number < container.Length / 4096; number++)
        {
            byte[] page = container[(number * 4096)..((number + 1) * 4096)];
            if (BitConverter.ToInt64(page, 48) == number)
            {
                IReadOnlyList<Annotation> annotations = PageAnnotator.Annotate(Chapters.Layouts, number, page);
                AssertCovers(annotations);
                labels.AddRange(annotations.Select(annotation => annotation.Label));
            }
        }

        Assert.Contains("level = 1", labels);
        Assert.Contains("first child: birth = 2", labels);
        Assert.Contains("cell 0: child: birth = 2", labels);
        Assert.Contains(labels, label => label.EndsWith("value kind = 1", StringComparison.Ordinal));
        Assert.Contains(labels, label => label.EndsWith("run 0: pages = 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_and_text_are_shown_with_their_fields()
    {
        byte[] page = new byte[4096];
        page[8] = 3;
        page[320] = 2;
        "ab"u8.CopyTo(page.AsSpan(321));

        string[] lines = [.. Hexdump.Lines(page, PageAnnotator.Annotate(Chapters.Layouts, 0, page))];

        Assert.Contains("   8  03 00                                            major version = 3", lines);
        Assert.Contains(" 321  61 62                                            slug = \"ab\"", lines);
        Assert.Contains(" 323  00 x 253", lines);
        Assert.Contains("  42  00 x 278                                         reserved", lines);
    }

    [Fact]
    public void Command_lines_have_quotes_and_escapes()
    {
        CommandLine line = CommandLine.Parse("write path=a/b text=\"one \\\"two\\\"\\n\" time=-5");

        Assert.Equal("write", line.Verb);
        Assert.Equal("a/b", line.Required("path"));
        Assert.Equal("one \"two\"\n", line.Optional("text"));
        Assert.Equal(-5, line.OptionalNumber("time"));
        Assert.Throws<FormatException>(() => line.Required("mode"));
        Assert.Throws<FormatException>(() => CommandLine.Parse("write path"));
        Assert.Throws<FormatException>(() => CommandLine.Parse("write path=\"a"));
    }

    private static void AssertCovers(IEnumerable<Annotation> annotations)
    {
        int end = 0;
        foreach (Annotation annotation in annotations.Where(annotation => annotation.Length > 0))
        {
            Assert.Equal(end, annotation.Offset);
            end += annotation.Length;
        }

        Assert.Equal(4096, end);
    }
}
