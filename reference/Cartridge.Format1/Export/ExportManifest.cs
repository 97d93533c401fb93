using System.Text.Json.Nodes;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// The manifest of a container that is exported. Programs of format 1 find slug and title there and nowhere else, and read none that
/// lacks one of four members; format 3 demands none of them.
/// </summary>
internal static class ExportManifest
{
    private static readonly string[] Demanded = ["slug", "title", "version", "created"];

    /// <summary>A manifest for a container that has none.</summary>
    public static byte[] Of(CartridgeView view, string title) => new Format1Manifest(view.Slug, title).Write(Format1Manifest.Time(view.Created));

    /// <summary>The manifest as it has to be.</summary>
    /// <param name="view">The container, which has it.</param>
    /// <param name="title">The container's title.</param>
    /// <returns>The text, completed where a member is missing; null if it is no manifest.</returns>
    public static byte[]? Complete(CartridgeView view, string title)
    {
        if (view.GetEntry(Format1Manifest.Path) is not { Type: EntryType.File, Size: <= Format1Manifest.MaxLength })
        {
            return null;
        }

        var text = view.Read(Format1Manifest.Path);
        if (Format1Manifest.Parse(text) is not null)
        {
            return text;
        }

        using var document = JsonMembers.TryParse(text, out _);
        if (document is null || JsonNode.Parse(text) is not JsonObject members)
        {
            return null;
        }

        var own = JsonNode.Parse(Of(view, title))!.AsObject();
        foreach (var name in Demanded.Where(name => !members.ContainsKey(name)))
        {
            members[name] = own[name]!.DeepClone();
        }

        var completed = System.Text.Encoding.UTF8.GetBytes(members.ToJsonString(new() { WriteIndented = true }));
        return Format1Manifest.Parse(completed) is null ? null : completed;
    }
}
