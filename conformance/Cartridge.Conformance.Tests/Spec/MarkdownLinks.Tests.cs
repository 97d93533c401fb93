using Cartridge.Conformance.Spec;

namespace Cartridge.Conformance.Tests.Spec;

public sealed class MarkdownLinksTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("markdown-links-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Links_to_files_and_headings_are_followed()
    {
        Write("b.md", "# Title: one `two`\n\n## Twice\n\n## Twice\n");
        Write("a.md", "[x](b.md) [y](b.md#title-one-two) [z](b.md#twice-1) [w](#here) [v](https://example.org/q)\n\n# Here\n\n`[no](link.md)`\n\n```\n[no](link.md)\n```\n");

        Assert.Empty(MarkdownLinks.BrokenIn(_root, "a.md"));
    }

    [Theory]
    [InlineData("[x](c.md)", "c.md leads to nothing")]
    [InlineData("| a |\n|---|\n| [x](c.md) |", "c.md leads to nothing")]
    [InlineData("[x](#there)", "#there names no heading")]
    [InlineData("[x](a.md#there)", "a.md#there names no heading")]
    public void Links_to_nothing_are_found(string text, string problem)
    {
        Write("a.md", text);
        Assert.Contains(problem, Assert.Single(MarkdownLinks.BrokenIn(_root, "a.md")));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_root, name), text);
}
