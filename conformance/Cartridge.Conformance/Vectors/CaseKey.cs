namespace Cartridge.Conformance.Vectors;

/// <summary>The key that a vector's container is opened with. It is published here, and so keeps nothing secret.</summary>
/// <param name="Raw">A raw key: 64 hexadecimal digits.</param>
/// <param name="Passphrase">Or a passphrase.</param>
internal sealed record CaseKey(string? Raw = null, string? Passphrase = null)
{
    private const string Mark = "passphrase:";

    /// <summary>The key as a request carries it.</summary>
    public string ToRequest() => Raw ?? Mark + Passphrase;

    /// <summary>Reads a request's key; mirrors <see cref="ToRequest"/>.</summary>
    public static CaseKey? FromRequest(string? text) => text switch
    {
        null => null,
        _ when text.StartsWith(Mark, StringComparison.Ordinal) => new CaseKey(Passphrase: text[Mark.Length..]),
        _ => new CaseKey(Raw: text),
    };
}
