using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Spec;

/// <summary>A normative sentence of the specification.</summary>
/// <param name="Id">Its id, for example <c>CART-HDR-001</c>.</param>
/// <param name="Chapter">The file name of its chapter.</param>
/// <param name="Line">The line on which its id stands, from 1.</param>
/// <param name="Text">The sentence as it is written, without its id.</param>
internal sealed partial record Requirement(string Id, string Chapter, int Line, string Text)
{
    /// <summary>Below it, numbers are those of checks; from it on, those of other requirements.</summary>
    public const int FirstDuty = 100;

    /// <summary>The three letters that say which part of the format it is about.</summary>
    public string Area => AreaOf(Id);

    /// <summary>Whether it is a statement about bytes, which a reader checks.</summary>
    public bool IsCheck => NumberOf(Id) < FirstDuty;

    /// <summary>The text that the lock file holds the hash of (spec/README.md, "Requirement identifiers").</summary>
    public string Normalised => Normalise(Text);

    /// <summary>SHA-256 of the normalised text in lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normalised)));

    /// <summary>The area of an id.</summary>
    public static string AreaOf(string id) => id.Split('-')[1];

    /// <summary>The number of an id.</summary>
    public static int NumberOf(string id) => int.Parse(id.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Takes away what may change without changing what is said: marks of emphasis, targets of links, white space.</summary>
    public static string Normalise(string text)
    {
        string plain = Link().Replace(text, "$1").Replace("`", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
        return WhiteSpace().Replace(plain, " ").Trim();
    }

    /// <summary>An id, wherever it is cited.</summary>
    [GeneratedRegex(@"\bCART-[A-Z]{3}-[0-9]{3}\b", RegexOptions.CultureInvariant)]
    public static partial Regex Citation();

    /// <summary>An id at the end of its sentence.</summary>
    [GeneratedRegex(@"\[(CART-[A-Z]{3}-[0-9]{3})\]", RegexOptions.CultureInvariant)]
    public static partial Regex Marker();

    /// <summary>The words that make a sentence normative.</summary>
    [GeneratedRegex(@"\b(?:MUST|SHOULD|MAY)\b", RegexOptions.CultureInvariant)]
    public static partial Regex Keyword();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex WhiteSpace();
}

/// <summary>A row of a chapter's table "Checks".</summary>
/// <param name="Id">The requirement.</param>
/// <param name="Code">The error code, <c>class.code</c>.</param>
/// <param name="Phase"><c>open</c>, <c>access</c> or <c>verify</c>, the latest moment for a reader to notice; <c>(note)</c> behind it if it is no error.</param>
/// <param name="Summary">The check in a few words.</param>
/// <param name="Line">Where the row's table begins.</param>
internal sealed record Check(string Id, string Code, string Phase, string Summary, int Line);
