using System.Text.Json;
using Cartridge.Formats.Walk;

namespace Cartridge.Formats.WalkOne;

/// <summary>JSON texts of format 1: what is not whole, and what lacks a member or has one of another type, is a fault.</summary>
internal static class OneJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Parses a text, which is one whole object in which no member occurs twice.</summary>
    internal static JsonDocument Parse(byte[] text, string requirement, string code, ulong page)
    {
        Check.Require(Utf8Text.IsValid(text), requirement, code, page, $"the text is not UTF-8");
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new WalkException(requirement, code, page, error.Message, error);
        }
    }

    /// <summary>Takes members out of a text; that they are there, and of the type that is asked for, is a check.</summary>
    internal static T Members<T>(JsonDocument document, string requirement, string code, ulong page, Func<JsonElement, T> read)
    {
        try
        {
            return read(document.RootElement);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new WalkException(requirement, code, page, error.Message, error);
        }
    }

    internal static ulong Number(this JsonElement value, string name) => value.GetProperty(name).GetUInt64();

    internal static ulong? NumberOrNull(this JsonElement value, string name) =>
        value.GetProperty(name) is { ValueKind: not JsonValueKind.Null } number ? number.GetUInt64() : null;

    internal static string Text(this JsonElement value, string name) => value.GetProperty(name).Text();

    internal static string Text(this JsonElement value) => value.GetString() ?? throw new FormatException("null stands where a string is due");

    /// <summary>A member that writers leave out where it is empty; null is empty too.</summary>
    internal static JsonElement? Optional(this JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
