using System.CommandLine;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart create</c>: makes an empty container.</summary>
internal static class CreateCommand
{
    private const string SlugOfNothing = "cartridge";
    private const int MaxLength = 255;

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var file = Common.File("The container to make. Nothing may have that name yet.");
        var slug = new Option<string?>("--slug") { HelpName = "S", Description = "The name it is filed under: a-z, 0-9 and inner hyphens. By default made from the file's name." };
        var title = new Option<string?>("--title") { HelpName = "T", Description = "The name for people, at most 255 bytes. By default the file's name." };
        return new CartCommand("create", "Makes an empty container of 12 KiB.")
        {
            Arguments = { file },
            Options = { slug, title },
            Examples =
            [
                new("cart create site.cart", "slug and title are \"site\""),
                new("cart create site.cart --slug my-site --title \"My Site\"", "says both"),
            ],
            Remarks = "The container appears under its name only when it is whole.",
        }.Does(result => Create(result.GetRequiredValue(file), result.GetValue(slug), result.GetValue(title)));
    }

    private static ExitCode Create(string file, string? slug, string? title)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        new CartridgeBuilder().Slug(slug ?? SlugOf(name)).Title(title ?? TitleOf(name)).Create(file).Dispose();
        return ExitCode.Fine;
    }

    /// <summary>The nearest slug to a name: <c>My Site (2)</c> becomes <c>my-site-2</c>.</summary>
    private static string SlugOf(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString()[..Math.Min(slug.Length, MaxLength)].TrimEnd('-');
        return text.Length == 0 ? SlugOfNothing : text;
    }

    /// <summary>As much of a name as a title holds.</summary>
    private static string TitleOf(string name)
    {
        var title = new StringBuilder();
        var bytes = 0;
        foreach (var rune in name.EnumerateRunes().TakeWhile(rune => (bytes += rune.Utf8SequenceLength) <= MaxLength))
        {
            title.Append(rune.ToString());
        }

        return title.ToString();
    }
}
