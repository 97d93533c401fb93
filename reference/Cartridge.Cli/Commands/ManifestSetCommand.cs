using System.CommandLine;
using System.Text.Json.Nodes;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart manifest set</c>: changes the manifest, or makes one.</summary>
internal static class ManifestSetCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var version = Text("--version", "VERSION", "The version of what the container holds.");
        var description = Text("--description", "TEXT", "What the container is.");
        var author = Text("--author", "NAME", "Who made what it holds.");
        var license = Text("--license", "SPDX", "The licence of what it holds, as an SPDX expression.");
        var repository = Text("--repository", "URL", "Where its sources are.");
        var capabilities = new Option<string[]>("--capability")
        {
            HelpName = "NAME",
            Description = "What it asks for or offers; those given replace all that are there.",
        };
        var dependencies = Pairs("--dependency", "NAME=VERSION", "What it needs, and in which version; an empty version takes it out.");
        var metadata = Pairs("--metadata", "KEY=VALUE", "Anything else; an empty value takes it out.");
        var wait = Common.Wait();
        return new CartCommand("set", "Changes the manifest of a container, or makes one.")
        {
            Arguments = { file },
            Options = { version, description, author, license, repository, capabilities, dependencies, metadata, wait },
            Examples =
            [
                new("cart manifest set site.cart --version 1.2.0", "changes the version and nothing else"),
                new("cart manifest set site.cart --dependency base=2.1 --dependency icons=0.9", "two dependencies"),
                new("cart manifest set site.cart --author \"\" --metadata stage=", "takes both out again"),
            ],
            Remarks = "What is not named stays as it is, and so do members that only other programs know. An empty text takes a member out.",
        }.Does(result => Set(session, result.GetRequiredValue(file), result.GetValue(wait), manifest => manifest with
        {
            Version = Changed(manifest.Version, result.GetValue(version)) ?? throw CliFailure.Usage("--version is empty: a manifest has a version"),
            Description = Changed(manifest.Description, result.GetValue(description)),
            Author = Changed(manifest.Author, result.GetValue(author)),
            License = Changed(manifest.License, result.GetValue(license)),
            Repository = Changed(manifest.Repository, result.GetValue(repository)),
            Capabilities = Changed(manifest.Capabilities, result.GetValue(capabilities)),
            Dependencies = Changed("dependencies", manifest.Dependencies, result.GetValue(dependencies)),
            Metadata = (JsonObject?)Changed("metadata", manifest.Metadata, result.GetValue(metadata)),
        }));
    }

    private static ExitCode Set(Session session, string file, double wait, Func<CartridgeManifest, CartridgeManifest> change) =>
        Containers.Write(session, file, wait, container =>
        {
            var old = ManifestShowCommand.Read(container, file);
            var manifest = change(old ?? new CartridgeManifest());
            if (old is not null && manifest.Write().AsSpan().SequenceEqual(old.Write()))
            {
                return ExitCode.Fine; // nothing to publish
            }

            container.WriteManifest(manifest);
            return ExitCode.Fine;
        });

    private static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static Option<string[]> Pairs(string name, string pair, string description)
    {
        var option = new Option<string[]>(name) { HelpName = pair, Description = description };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"{name} takes {pair}, not '{token.Value}'");
            }
        });
        return option;
    }

    /// <summary>A text that was named takes the place of the old; an empty one takes it out.</summary>
    private static string? Changed(string? old, string? wanted) => wanted switch
    {
        null => old,
        "" => null,
        _ => wanted,
    };

    private static IReadOnlyList<string>? Changed(IReadOnlyList<string>? old, string[]? wanted)
    {
        if (wanted is not { Length: > 0 })
        {
            return old;
        }

        List<string> stated = [.. wanted.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        return stated.Count > 0 ? stated : null;
    }

    private static JsonNode? Changed(string name, JsonNode? old, string[]? pairs)
    {
        if (pairs is not { Length: > 0 })
        {
            return old;
        }

        var members = old switch
        {
            null => [],
            JsonObject found => (JsonObject)found.DeepClone(),
            _ => throw CliFailure.Missing($"the manifest's {name} are no names with values; another program wrote them, in a form of its own"),
        };
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = (pair[..equals], pair[(equals + 1)..]);
            members.Remove(key);
            if (value.Length > 0)
            {
                members.Add(key, value);
            }
        }

        return members.Count > 0 ? members : null;
    }
}
