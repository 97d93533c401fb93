using System.Text.Json;

namespace Cartridge.Format1;

/// <summary>Members of JSON objects by name and kind; what is not there or of another kind is noticed and never throws.</summary>
internal static class JsonMembers
{
    /// <summary>Options for everything that comes from a container: shallow, and each member once.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = Layout.MaxJsonDepth, AllowDuplicateProperties = false };

    /// <summary>Parses a text.</summary>
    /// <returns>The document, or null if the text is not one whole JSON value.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> text, out string trouble)
    {
        try
        {
            trouble = "";
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException e)
        {
            trouble = e.Message;
            return null;
        }
    }

    public static JsonElement? Member(this JsonElement? value, string name, JsonValueKind kind) =>
        value is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

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

    /// <summary>Whether a member is missing or null, which writers take for the same.</summary>
    public static bool IsAbsent(this JsonElement? value, string name) =>
        value is not { ValueKind: JsonValueKind.Object } known || !known.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null;
}
