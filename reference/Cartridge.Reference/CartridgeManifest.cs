using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cartridge.Reference;

/// <summary>
/// What a container says of itself to people and programs, in the file <c>.cartridge/manifest.json</c>, as every container
/// of format 1 has it. Slug and title are the container's own and are written for other readers only (CART-CAT-109).
/// </summary>
public sealed record CartridgeManifest
{
    /// <summary>Where the manifest is.</summary>
    public const string Path = ".cartridge/manifest.json";

    /// <summary>The largest manifest that is read, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The slug; always the container's.</summary>
    public string? Slug { get; init; }

    /// <summary>The title; always the container's.</summary>
    public string? Title { get; init; }

    /// <summary>The version of what the container holds.</summary>
    public string Version { get; init; } = "0.1.0";

    /// <summary>What the container is.</summary>
    public string? Description { get; init; }

    /// <summary>Who made what it holds.</summary>
    public string? Author { get; init; }

    /// <summary>The licence of what it holds, as an SPDX expression.</summary>
    public string? License { get; init; }

    /// <summary>When it was made, as RFC 3339 text.</summary>
    public string? Created { get; init; }

    /// <summary>Where its sources are.</summary>
    public string? Repository { get; init; }

    /// <summary>What it needs, in whatever form its programs agree on.</summary>
    public JsonNode? Dependencies { get; init; }

    /// <summary>What it asks for or offers.</summary>
    public IReadOnlyList<string>? Capabilities { get; init; }

    /// <summary>Anything else that its programs agree on.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Members that this edition does not know; they are kept.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; init; }

    /// <summary>Reads a manifest from its text.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it is no manifest.</exception>
    public static CartridgeManifest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            // A member that is there twice would be a different thing to each reader.
            using var document = JsonDocument.Parse(json.ToArray(), Strict);
            return document.Deserialize<CartridgeManifest>(Json)
                ?? throw new CartridgeException(ErrorCode.BadArgument, "The manifest is null.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is how the parser answers half of a surrogate pair.
            throw new CartridgeException(ErrorCode.BadArgument, $"The manifest is not what a manifest must be: {e.Message}", e);
        }
    }

    /// <summary>The manifest as text.</summary>
    /// <returns>Indented JSON in UTF-8, with a line end.</returns>
    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
