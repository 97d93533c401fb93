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
    public static Command Build(Session session)
    {
        var file = Common.File("The container to make. Nothing may have that name yet.");
        var slug = new Option<string?>("--slug") { HelpName = "S", Description = "The name it is filed under: a-z, 0-9 and inner hyphens. By default made from the file's name." };
        var title = new Option<string?>("--title") { HelpName = "T", Description = "The name for people, at most 255 bytes. By default the file's name." };
        var codec = Common.Codec("How files are stored that are put in without a --codec of their own");
        var encrypt = new Option<bool>("--encrypt") { Description = "Encrypts all content, for good. Without a key file or passphrase file a passphrase is asked for." };
        return new CartCommand("create", "Makes an empty container of 12 KiB.")
        {
            Arguments = { file },
            Options = { slug, title, codec, encrypt },
            Examples =
            [
                new("cart create site.cart", "slug and title are \"site\""),
                new("cart create logs.cart --codec zstd", "compresses what it is given, wherever that saves space"),
                new("cart create safe.cart --encrypt --key-file key", "content can be read with that key only; names and sizes stay visible"),
                new("cart create site.cart --slug my-site --title \"My Site\"", "says both"),
            ],
            Remarks = "The container appears under its name only when it is whole.",
        }.Does(result => Create(
            session,
            result.GetRequiredValue(file),
            result.GetValue(slug),
            result.GetValue(title),
            result.GetValue(codec) ?? CodecChoice.None,
            result.GetValue(encrypt)));
    }

    private static ExitCode Create(Session session, string file, string? slug, string? title, CodecChoice codec, bool encrypt)
    {
        if (!encrypt && session.Keys.IsStated)
        {
            throw CliFailure.Usage("a key is given, and --encrypt is not");
        }

        var builder = BuilderFor(file, slug, title).DefaultCodec(codec);
        using var key = encrypt ? NewKey(session) : null;
        (key is null ? builder : builder.Encrypt(key)).Create(file).Dispose();
        return ExitCode.Fine;
    }

    /// <summary>The properties of a container to be made; what is not given follows from the file's name.</summary>
    public static CartridgeBuilder BuilderFor(string file, string? slug = null, string? title = null)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return new CartridgeBuilder().Slug(slug ?? SlugOf(name)).Title(title ?? TitleOf(name));
    }

    private static CartridgeKey NewKey(Session session) => session.Keys.Get()
        ?? (session.CanAsk ? SecretPrompt.Ask(session, "new passphrase", twice: true) : throw CliFailure.Usage("--encrypt needs --key-file or --passphrase-file"));

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
