using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart manifest show</c>: prints the manifest.</summary>
internal static class ManifestShowCommand
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var json = new Option<bool>("--json") { Description = "Prints the manifest as JSON, on one line." };
        return new CartCommand("show", "Prints the manifest of a container.")
        {
            Arguments = { file },
            Options = { json },
            Examples =
            [
                new("cart manifest show site.cart", "a line for each thing that is stated"),
                new("cart manifest show site.cart --json | jq -r .version", "one of them, for another program"),
            ],
            Remarks = "Slug and title are those of the container itself, whatever the file says. Without a manifest the exit code is 1.",
        }.Does(result => Show(session, result.GetRequiredValue(file), result.GetValue(json)));
    }

    /// <summary>Reads the manifest, if there is one.</summary>
    /// <exception cref="CliFailure">The file is there, but no manifest.</exception>
    public static CartridgeManifest? Read(CartridgeFile container, string file)
    {
        try
        {
            return container.ReadManifest();
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.BadArgument)
        {
            throw new CliFailure(ExitCode.Invalid, $"{file}: {CartridgeManifest.Path}: {e.Message}", e);
        }
    }

    private static ExitCode Show(Session session, string file, bool isJson) => Containers.Read(session, file, container =>
    {
        var manifest = Read(container, file) ?? throw CliFailure.Missing($"{file}: has no manifest (cart manifest set makes one)");
        if (isJson)
        {
            session.Output.WriteLine(JsonNode.Parse(manifest.Write())!.ToJsonString(OneLine));
        }
        else
        {
            Print(session, manifest);
        }

        return ExitCode.Fine;
    }, needsContent: true);

    private static void Print(Session session, CartridgeManifest manifest)
    {
        var facts = new Facts();
        AddIfStated(facts, "slug", manifest.Slug);
        AddIfStated(facts, "title", manifest.Title);
        AddIfStated(facts, "version", manifest.Version);
        AddIfStated(facts, "description", manifest.Description);
        AddIfStated(facts, "author", manifest.Author);
        AddIfStated(facts, "license", manifest.License);
        AddIfStated(facts, "created", manifest.Created);
        AddIfStated(facts, "repository", manifest.Repository);
        foreach (var capability in manifest.Capabilities ?? [])
        {
            facts.Add("capability", capability);
        }

        AddMembers(facts, "dependency", manifest.Dependencies);
        AddMembers(facts, "metadata", manifest.Metadata);
        AddMembers(facts, "other", manifest.Others is { } others ? JsonSerializer.SerializeToNode(others) : null);
        facts.Print(session.Output);
    }

    private static void AddIfStated(Facts facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts.Add(name, value);
        }
    }

    /// <summary>The members of an object one by one; anything else as it is.</summary>
    private static void AddMembers(Facts facts, string name, JsonNode? node)
    {
        if (node is not JsonObject members)
        {
            AddIfStated(facts, name, node?.ToJsonString(OneLine));
            return;
        }

        foreach (var (member, value) in members)
        {
            var isText = value is JsonValue && value.GetValueKind() == JsonValueKind.String;
            facts.Add(name, $"{member} {(isText ? value!.GetValue<string>() : value?.ToJsonString(OneLine) ?? "null")}");
        }
    }
}
