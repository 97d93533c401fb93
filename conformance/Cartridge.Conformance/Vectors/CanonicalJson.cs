using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Cartridge.Conformance.Vectors;

/// <summary>
/// The one way in which the suite writes JSON: two spaces, line feeds, keys in the given order, and no escape that JSON does not
/// demand. Files made from equal data are equal byte for byte, whatever a library of the day prefers to escape.
/// </summary>
internal static class CanonicalJson
{
    private const int Indent = 2;

    /// <summary>A document for a file: indented, closed by a line feed.</summary>
    public static string Document(JsonNode? node)
    {
        StringBuilder text = new();
        Append(text, node, 0);
        return text.Append('\n').ToString();
    }

    /// <summary>A line for a stream: no line feed inside or after it.</summary>
    public static string Line(JsonNode? node)
    {
        StringBuilder text = new();
        Append(text, node, null);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int? depth)
    {
        switch (node)
        {
            case JsonObject members:
                AppendAll(text, '{', '}', members, depth, (member, inner) =>
                {
                    AppendString(text, member.Key);
                    text.Append(inner is null ? ":" : ": ");
                    Append(text, member.Value, inner);
                });
                break;
            case JsonArray items:
                AppendAll(text, '[', ']', items, depth, (item, inner) => Append(text, item, inner));
                break;
            case JsonValue value when value.TryGetValue(out string? words):
                AppendString(text, words);
                break;
            case null:
                text.Append("null");
                break;
            default: // numbers and booleans have one spelling
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void AppendAll<T>(
        StringBuilder text, char open, char close, ICollection<T> items, int? depth, Action<T, int?> append)
    {
        text.Append(open);
        int? inner = depth + 1;
        bool first = true;
        foreach (T item in items)
        {
            text.Append(first ? "" : ",");
            first = false;
            NewLine(text, inner);
            append(item, inner);
        }

        if (items.Count > 0)
        {
            NewLine(text, depth);
        }

        text.Append(close);
    }

    private static void NewLine(StringBuilder text, int? depth)
    {
        if (depth is { } level)
        {
            text.Append('\n').Append(' ', level * Indent);
        }
    }

    private static void AppendString(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (char c in words)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append(@"\\"); break;
                case '\b': text.Append(@"\b"); break;
                case '\f': text.Append(@"\f"); break;
                case '\n': text.Append(@"\n"); break;
                case '\r': text.Append(@"\r"); break;
                case '\t': text.Append(@"\t"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
