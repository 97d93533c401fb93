using System.Text.Json.Nodes;

namespace Cartridge.Conformance.Running;

/// <summary>Where two JSON documents part.</summary>
internal static class Differences
{
    private const int Shown = 120;

    /// <summary>
    /// The first difference in words, by JSON pointer; null if there is none. The order of an object's members does not count.
    /// </summary>
    public static string? First(JsonNode? expected, JsonNode? actual, string at = "")
    {
        if (JsonNode.DeepEquals(expected, actual))
        {
            return null;
        }

        return (expected, actual) switch
        {
            (JsonObject left, JsonObject right) => FirstMember(left, right, at),
            (JsonArray left, JsonArray right) => FirstItem(left, right, at),
            _ => $"{(at.Length == 0 ? "/" : at)} should be {Short(expected)} and is {Short(actual)}",
        };
    }

    private static string? FirstMember(JsonObject expected, JsonObject actual, string at)
    {
        foreach ((string name, JsonNode? value) in expected)
        {
            if (!actual.TryGetPropertyValue(name, out JsonNode? other))
            {
                return $"{at}/{name} is missing";
            }

            if (First(value, other, $"{at}/{name}") is { } difference)
            {
                return difference;
            }
        }

        return $"{at}/{actual.First(member => !expected.ContainsKey(member.Key)).Key} should not be there";
    }

    private static string? FirstItem(JsonArray expected, JsonArray actual, string at)
    {
        for (int i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (First(expected[i], actual[i], $"{at}/{i}") is { } difference)
            {
                return difference;
            }
        }

        return $"{at} should have {expected.Count} items and has {actual.Count}";
    }

    private static string Short(JsonNode? value)
    {
        string text = value?.ToJsonString() ?? "null";
        return text.Length <= Shown ? text : $"{text[..Shown]}...";
    }
}
