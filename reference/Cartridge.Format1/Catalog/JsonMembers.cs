using System.Text.Json;
using System.Text.Unicode;

namespace Cartridge.Format1;

/// <summary>Members of JSON objects by name and kind; what is not there or of another kind is noticed and never throws.</summary>
internal static class JsonMembers
{
    /// <summary>Options for everything that comes from a container: shallow, and each member once.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = Layout.MaxJsonDepth, AllowDuplicateProperties = false };

    /// <summary>Parses a text.</summary>
    /// <returns>The document, or null if the text is not one whole JSON value in UTF-8.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> text, out string trouble)
    {
        // The parser looks at the bytes of strings only when somebody asks for them.
        if (!Utf8.IsValid(text.Span))
        {
            trouble = "it is not UTF-8";
            return null;
        }

        try
        {
            trouble = "";
            return JsonDocument.Parse(text, Strict);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A name with an escape that is no character is not compared with other names but ends the parser in another way.
            trouble = e.Message;
            return null;
        }
    }

    /// <summary>Finds a member. Among names with an escape that is no character, none is found.</summary>
    private static bool TryFind(this JsonElement value, string name, out JsonElement member)
    {
        try
        {
            return value.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            member = default;
            return false;
        }
    }

    public static JsonElement? Member(this JsonElement? value, string name, JsonValueKind kind) =>
        value is { ValueKind: JsonValueKind.Object } known && known.TryFind(name, out var member) && member.ValueKind == kind ? member : null;

    public static ulong? Number(this JsonElement? value, string name) => value.Member(name, JsonValueKind.Number).AsNumber();

    public static ulong? AsNumber(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } known && known.TryGetUInt64(out var number) ? number : null;

    public static string? Text(this JsonElement? value, string name) => value.Member(name, JsonValueKind.String).AsText();

    /// <summary>A string, unless it holds an escape that is no character.</summary>
    public static string? AsText(this JsonElement? value)
    {
        try
        {
            return value is { ValueKind: JsonValueKind.String } known ? known.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8.
            return null;
        }
    }

    /// <summary>The name of a member, unless it holds an escape that is no character.</summary>
    public static string? NameText(this JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Numbers of an array; null if it is none or holds something else.</summary>
    public static ulong[]? Numbers(this JsonElement? value, string name)
    {
        if (value.Member(name, JsonValueKind.Array) is not { } array)
        {
            return null;
        }

        var numbers = array.EnumerateArray().Select(item => ((JsonElement?)item).AsNumber()).ToArray();
        return numbers.Contains(null) ? null : [.. numbers.Select(number => number!.Value)];
    }

    /// <summary>Whether a member is there, a number or null.</summary>
    public static bool IsNumberOrNull(this JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } known && known.TryFind(name, out var member)
        && (member.ValueKind == JsonValueKind.Null || ((JsonElement?)member).AsNumber() is not null);

    /// <summary>Whether a member is there, whatever it is.</summary>
    public static bool Has(this JsonElement? value, string name) => value is { ValueKind: JsonValueKind.Object } known && known.TryFind(name, out _);

    /// <summary>Whether a member is missing or null, which writers take for the same.</summary>
    public static bool IsAbsent(this JsonElement? value, string name) =>
        value is not { ValueKind: JsonValueKind.Object } known || !known.TryFind(name, out var member) || member.ValueKind == JsonValueKind.Null;
}
