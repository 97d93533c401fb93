using System.Buffers;
using System.Security.Cryptography;
using Cartridge.Codecs;
using Cartridge.Formats.Walk;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>
/// What everybody says of a container: the verifier, and the walker over the generated parsers, which shares nothing with the
/// engine. They must agree with the model and, page by page, with each other.
/// </summary>
internal static class SecondOpinion
{
    /// <summary>A description ends where a codec's bytes begin, so the walker is handed what decodes them.</summary>
    public static WalkOptions Decoding { get; } = new()
    {
        Decoder = static (codec, stored, content) =>
            SystemCodecs.All.Single(one => one.Id == codec).Decode(stored, content, out var written) == OperationStatus.Done && written == content.Length,
    };

    /// <summary>Asks both.</summary>
    /// <param name="image">The container.</param>
    /// <param name="content">What it should hold.</param>
    /// <returns>The first disagreement, or null.</returns>
    public static string? Disagreement(byte[] image, ModelContainer content)
    {
        var report = Verifier.Verify(new MemoryMedium(image, readOnly: true), new VerifyOptions { CollectOwners = true, Key = Specimens.KeyFor(image), Codecs = SystemCodecs.All });
        if (report.Findings.Count > 0)
        {
            return $"The verifier finds {string.Join("; ", report.Findings)}";
        }

        try
        {
            var walked = CartridgeWalker.Walk(image, Decoding with { Key = CartridgeWalkerFaultsTests.OptionsFor(image).Key });
            var (said, meant) = (Lines(walked.Projection), Lines(content));
            if (!said.SequenceEqual(meant, StringComparer.Ordinal))
            {
                return $"The walker says\n{string.Join('\n', said)}\nand not\n{string.Join('\n', meant)}";
            }

            using var stream = new MemoryStream(image, writable: false);
            var pages = walked.Layout!.Pages(stream).Select(page => ((long)page.Page, page.Owner)).ToList();
            return pages.SequenceEqual(report.PageOwners().Select(page => (page.Page, page.Owner)))
                ? null
                : $"The walker and the verifier disagree over pages:\n{string.Join('\n', pages)}\n{string.Join('\n', report.PageOwners())}";
        }
        catch (WalkException e)
        {
            return $"The walker refuses: {e.Message}";
        }
    }

    private static List<string> Lines(Projection projection) =>
    [
        projection.Title,
        .. projection.Entries.Select(entry =>
            $"{entry.Path}: {entry.Type} {entry.Mode} {entry.Uid}:{entry.Gid} {entry.Owner} {entry.Created} {entry.Modified} {entry.Size} {entry.Sha256} {entry.Target} "
            + $"{entry.ContentHash} {entry.ContentType} {string.Join(";", entry.UserMetadata)} {string.Join(";", entry.ExtendedAttributes)}"),
    ];

    private static List<string> Lines(ModelContainer content) =>
    [
        content.Title,
        .. content.Entries.Select(pair => Line(pair.Key, pair.Value)),
    ];

    private static string Line(string path, ModelEntry entry)
    {
        var hash = entry.Type == EntryType.Directory ? null : Convert.ToHexStringLower(SHA256.HashData(entry.Content));
        var type = entry.Type switch { EntryType.File => "file", EntryType.Directory => "directory", _ => "symlink" };
        var target = entry.Type == EntryType.SymbolicLink ? System.Text.Encoding.UTF8.GetString(entry.Content) : null;
        return $"{path}: {type} {entry.Mode} {entry.Uid}:{entry.Gid} {entry.Owner} {entry.Created} {entry.Modified} {entry.Content.Length} {hash} {target} "
            + $"{(entry.HasHash ? hash : null)} {(entry.ContentType.Length > 0 ? entry.ContentType : null)} {string.Join(";", entry.UserMetadata)} "
            + string.Join(";", entry.ExtendedAttributes.Select(pair => KeyValuePair.Create(pair.Key, Convert.ToHexStringLower(pair.Value))));
    }
}
