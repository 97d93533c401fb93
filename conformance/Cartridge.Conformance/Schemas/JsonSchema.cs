using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Schemas;

/// <summary>
/// Holds a JSON document against a JSON Schema (draft 2020-12): the keywords that the suite's own schemas use, and no others. A
/// keyword that it does not know is an error in the schema, so that no rule is passed over in silence.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "examples", "$comment"];

    private readonly JsonObject _root;

    private JsonSchema(JsonObject root) => _root = root;

    /// <summary>Reads a schema and checks that every keyword in it is one that is obeyed.</summary>
    /// <exception cref="JsonException">It is not JSON, or uses a keyword outside the subset.</exception>
    public static JsonSchema Parse(string text) =>
        new(JsonNode.Parse(text) as JsonObject ?? throw new JsonException("a schema is an object"));

    /// <summary>What is wrong with a document: a JSON pointer and a sentence each; nothing if it is valid.</summary>
    /// <exception cref="JsonException">The schema uses a keyword outside the subset.</exception>
    public IReadOnlyList<string> Validate(JsonNode? document)
    {
        List<string> faults = [];
        Check(_root, document, "", faults);
        return faults;
    }

    private void Check(JsonNode? schema, JsonNode? value, string at, List<string> faults)
    {
        if (schema is JsonValue all)
        {
            Require(all.GetValue<bool>(), at, "is not allowed here", faults);
            return;
        }

        JsonObject rules = schema as JsonObject ?? throw new JsonException("a schema is an object or a boolean");
        foreach ((string keyword, JsonNode? rule) in rules)
        {
            switch (keyword)
            {
                case "$ref":
                    Check(Resolve(Text(rule)), value, at, faults);
                    break;
                case "const":
                    Require(JsonNode.DeepEquals(rule, value), at, $"is not {rule?.ToJsonString() ?? "null"}", faults);
                    break;
                case "enum":
                    Require(rule!.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)), at, "is none of the choices", faults);
                    break;
                case "type":
                    Require(IsType(value, Text(rule)), at, $"is not of type {Text(rule)}", faults);
                    break;
                case "oneOf":
                    CheckOneOf(rule!.AsArray(), value, at, faults);
                    break;
                case "if":
                    CheckIf(rules, value, at, faults);
                    break;
                case "then" or "else":
                    break; // obeyed with "if"
                default:
                    CheckOfType(keyword, rule, rules, value, at, faults);
                    break;
            }
        }
    }

    /// <summary>The keywords that speak about one type and are silent about all others.</summary>
    private void CheckOfType(string keyword, JsonNode? rule, JsonObject rules, JsonNode? value, string at, List<string> faults)
    {
        bool known = value switch
        {
            JsonObject members => CheckObject(keyword, rule, rules, members, at, faults),
            JsonArray items => CheckArray(keyword, rule, items, at, faults),
            _ when value?.GetValueKind() == JsonValueKind.String => CheckString(keyword, rule, Text(value), at, faults),
            _ when value?.GetValueKind() == JsonValueKind.Number => CheckNumber(keyword, rule, value, at, faults),
            _ => false,
        };
        if (!known && !Annotations.Contains(keyword) && !IsKnown(keyword))
        {
            throw new JsonException($"the schema's keyword '{keyword}' is outside the subset");
        }
    }

    private static bool IsKnown(string keyword) => keyword
        is "properties" or "required" or "additionalProperties" or "propertyNames"
        or "items" or "minItems" or "maxItems" or "uniqueItems"
        or "pattern" or "minLength" or "maxLength" or "minimum" or "maximum";

    private bool CheckObject(string keyword, JsonNode? rule, JsonObject rules, JsonObject members, string at, List<string> faults)
    {
        switch (keyword)
        {
            case "properties":
                foreach ((string name, JsonNode? inner) in rule!.AsObject())
                {
                    if (members.TryGetPropertyValue(name, out JsonNode? member))
                    {
                        Check(inner, member, $"{at}/{name}", faults);
                    }
                }

                return true;
            case "required":
                foreach (string name in rule!.AsArray().Select(Text))
                {
                    Require(members.ContainsKey(name), at, $"lacks '{name}'", faults);
                }

                return true;
            case "additionalProperties":
                JsonObject named = rules["properties"]?.AsObject() ?? [];
                foreach ((string name, JsonNode? member) in members)
                {
                    if (!named.ContainsKey(name))
                    {
                        Check(rule, member, $"{at}/{name}", faults);
                    }
                }

                return true;
            case "propertyNames":
                foreach ((string name, _) in members)
                {
                    Check(rule, JsonValue.Create(name), $"{at}/{name}", faults);
                }

                return true;
            default:
                return false;
        }
    }

    private bool CheckArray(string keyword, JsonNode? rule, JsonArray items, string at, List<string> faults)
    {
        switch (keyword)
        {
            case "items":
                for (int i = 0; i < items.Count; i++)
                {
                    Check(rule, items[i], $"{at}/{i}", faults);
                }

                return true;
            case "minItems":
                Require(items.Count >= Number(rule), at, $"has fewer than {rule} items", faults);
                return true;
            case "maxItems":
                Require(items.Count <= Number(rule), at, $"has more than {rule} items", faults);
                return true;
            case "uniqueItems":
                int different = items.Select(item => item?.ToJsonString() ?? "null").Distinct(StringComparer.Ordinal).Count();
                Require(!rule!.GetValue<bool>() || different == items.Count, at, "has an item twice", faults);
                return true;
            default:
                return false;
        }
    }

    private static bool CheckString(string keyword, JsonNode? rule, string value, string at, List<string> faults)
    {
        switch (keyword)
        {
            case "pattern":
                bool matches = Regex.IsMatch(value, Text(rule), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                Require(matches, at, $"'{value}' does not match {Text(rule)}", faults);
                return true;
            case "minLength":
                Require(value.Length >= Number(rule), at, $"is shorter than {rule}", faults);
                return true;
            case "maxLength":
                Require(value.Length <= Number(rule), at, $"is longer than {rule}", faults);
                return true;
            default:
                return false;
        }
    }

    private static bool CheckNumber(string keyword, JsonNode? rule, JsonNode value, string at, List<string> faults)
    {
        switch (keyword)
        {
            case "minimum":
                Require(Number(value) >= Number(rule), at, $"is below {rule}", faults);
                return true;
            case "maximum":
                Require(Number(value) <= Number(rule), at, $"is above {rule}", faults);
                return true;
            default:
                return false;
        }
    }

    private void CheckOneOf(JsonArray choices, JsonNode? value, string at, List<string> faults)
    {
        List<List<string>> tried = [.. choices.Select(choice => Tried(choice, value, at))];
        int fitting = tried.Count(inner => inner.Count == 0);
        if (fitting != 1)
        {
            faults.Add($"{at}: fits {fitting} of {choices.Count} forms, not one");
            // The form that came nearest says most about the mistake.
            faults.AddRange(fitting == 0 ? tried.MinBy(inner => inner.Count)! : []);
        }
    }

    private void CheckIf(JsonObject rules, JsonNode? value, string at, List<string> faults)
    {
        string branch = Tried(rules["if"], value, at).Count == 0 ? "then" : "else";
        if (rules[branch] is { } then)
        {
            Check(then, value, at, faults);
        }
    }

    private List<string> Tried(JsonNode? schema, JsonNode? value, string at)
    {
        List<string> faults = [];
        Check(schema, value, at, faults);
        return faults;
    }

    private JsonNode Resolve(string reference) =>
        reference == "#" ? _root
        : reference.StartsWith("#/$defs/", StringComparison.Ordinal) && _root["$defs"]?[reference[8..]] is { } found ? found
        : throw new JsonException($"the schema's reference '{reference}' leads nowhere");

    private static bool IsType(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null, type) switch
    {
        (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") or (JsonValueKind.Null, "null") => true,
        (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => decimal.IsInteger(Number(value)),
        _ => false,
    };

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    // Sizes and times are 64-bit integers: a double would round them.
    private static decimal Number(JsonNode? node) => decimal.Parse(node!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static void Require(bool condition, string at, string message, List<string> faults)
    {
        if (!condition)
        {
            faults.Add($"{(at.Length == 0 ? "/" : at)}: {message}");
        }
    }
}
