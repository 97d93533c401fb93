using System.Text.Json;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Findings as <c>--json</c> gives them, the same for containers of every format.</summary>
internal static class FindingJson
{
    /// <summary>Writes the member <c>findings</c>: an array with an object for each.</summary>
    public static void WriteAll(Utf8JsonWriter json, IEnumerable<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("code", finding.Code.ToString());
            json.WriteString("requirement", finding.Requirement);
            if (finding.Page is { } page)
            {
                json.WriteNumber("page", page);
            }

            if (finding.Offset is { } offset)
            {
                json.WriteNumber("offset", offset);
            }

            if (finding.Owner is { } owner)
            {
                json.WriteString("owner", owner);
            }

            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
