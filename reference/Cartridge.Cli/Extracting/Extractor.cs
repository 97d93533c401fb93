using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>How to extract.</summary>
/// <param name="Overwrite">Whether to replace files and links that are there.</param>
/// <param name="AllLinks">Whether to make links that lead out of the target too.</param>
/// <param name="Owner">Whether to restore owners, and with them setuid and setgid.</param>
internal sealed record ExtractionOptions(bool Overwrite = false, bool AllLinks = false, bool Owner = false);

/// <summary>
/// Puts entries of a container on the disk, below one folder and nowhere else. A container may come from anybody: folders
/// are entered one by one and never through a link, files are made anew and never written to, and links come last, when no
/// more path can run through them. What cannot be put back is listed, and everything else is.
/// </summary>
/// <param name="container">Where from.</param>
/// <param name="tree">Where to.</param>
/// <param name="options">How.</param>
/// <param name="error">Told of each thing that was not put back, and why.</param>
/// <param name="note">Told of lesser losses.</param>
/// <param name="work">Told of what is done, and may end it.</param>
internal sealed class Extractor(
    CartridgeView container, TargetTree tree, ExtractionOptions options, Action<string> error, Action<string> note, Work? work = null)
{
    private readonly LinkJudge _judge = new(path => TargetAt(container, path));
    private readonly List<CartridgeEntry> _folders = [];
    private readonly List<CartridgeEntry> _links = [];
    private ExitCode _code = ExitCode.Fine;

    /// <summary>Extracts entries, and after them the links among them and what folders have beside their content.</summary>
    /// <param name="entries">Each path once.</param>
    /// <returns><see cref="ExitCode.Fine"/> if all of them were put back.</returns>
    /// <exception cref="CartridgeException">The catalog is damaged; what came before the damage was put back.</exception>
    public ExitCode Run(IEnumerable<CartridgeEntry> entries)
    {
        try
        {
            foreach (var entry in entries)
            {
                work?.Begin();
                Attempt(entry.Path, () => Extract(entry));
            }
        }
        finally
        {
            Finish();
        }

        return _code;
    }

    private void Finish()
    {
        foreach (var link in _links)
        {
            Attempt(link.Path, () => ExtractLink(link));
        }

        // What is in a folder comes after it, so backwards it comes first: finishing a folder may close it to us.
        foreach (var folder in Enumerable.Reverse(_folders))
        {
            Attempt(folder.Path, () => Tell(folder.Path, tree.Open(folder.Path, isFinal: true).Finish(Restored.From(folder, options.Owner))));
        }
    }

    private void Extract(CartridgeEntry entry)
    {
        switch (entry.Type)
        {
            case EntryType.Directory:
                _ = tree.Open(entry.Path, isFinal: false);
                if (options.Overwrite || tree.HasMade(entry.Path))
                {
                    _folders.Add(entry);
                }

                break;
            case var _ when container.List($"{entry.Path}/").Any():
                throw CliFailure.Missing($"{entry.Path}: is a {Words.Type(entry.Type)} and has entries below it; they were extracted, its own content is left to cart cat");
            case EntryType.SymbolicLink:
                _links.Add(entry);
                break;
            default:
                ExtractFile(entry);
                break;
        }
    }

    private void ExtractFile(CartridgeEntry entry)
    {
        var (folder, name) = tree.FolderOf(entry.Path);
        if (folder.TryMakeFile(name) is { } file)
        {
            Fill(folder, name, file, entry);
            return;
        }

        RequireOverwrite(entry.Path);
        var temporary = TemporaryName();
        var replacement = folder.TryMakeFile(temporary) ?? throw Taken(entry.Path);
        Fill(folder, temporary, replacement, entry);
        Replace(folder, temporary, name);
    }

    /// <summary>Writes a new file; one that could not be written whole does not stay.</summary>
    private void Fill(TargetFolder folder, string name, TargetFile file, CartridgeEntry entry)
    {
        try
        {
            using (file)
            {
                CopyContent(entry, file.Content);
                Tell(entry.Path, file.Finish(Restored.From(entry, options.Owner)));
            }
        }
        catch
        {
            folder.Remove(name);
            throw;
        }
    }

    /// <summary>Copies what is stored and leaves holes holes.</summary>
    private void CopyContent(CartridgeEntry entry, FileStream file)
    {
        foreach (var (start, bytes) in ContentAhead.Of(container, entry))
        {
            work?.Pass(bytes.Length);
            file.Position = start;
            file.Write(bytes.Span);
        }

        if (file.Length < entry.Size)
        {
            file.SetLength(entry.Size);
        }
    }

    private void ExtractLink(CartridgeEntry entry)
    {
        var target = container.ReadLink(entry.Path);
        if (!options.AllLinks && _judge.Leaves(entry.Path, target))
        {
            throw CliFailure.Missing($"{entry.Path}: a link to {target}, which leads out of the target folder, was left out (--links=all makes it)");
        }

        var (folder, name) = tree.FolderOf(entry.Path);
        if (!folder.TryMakeLink(name, target))
        {
            RequireOverwrite(entry.Path);
            var temporary = TemporaryName();
            _ = folder.TryMakeLink(temporary, target) ? true : throw Taken(entry.Path);
            Replace(folder, temporary, name);
        }

        folder.FinishLink(name, Restored.From(entry, options.Owner));
    }

    private void RequireOverwrite(string path)
    {
        if (!options.Overwrite)
        {
            throw Taken(path);
        }
    }

    private static void Replace(TargetFolder folder, string temporary, string name)
    {
        try
        {
            folder.Rename(temporary, name);
        }
        catch
        {
            folder.Remove(temporary);
            throw;
        }
    }

    private void Tell(string path, IReadOnlyList<string> lostAttributes)
    {
        foreach (var attribute in lostAttributes)
        {
            note($"{path}: the extended attribute {attribute} could not be set");
        }
    }

    /// <summary>One entry that fails does not keep the others from being put back, unless no other will fare better.</summary>
    private void Attempt(string path, Action extract)
    {
        try
        {
            extract();
        }
        catch (CliFailure e)
        {
            Lose(e.Code, e.Message);
        }
        catch (CartridgeException e)
        {
            Lose(Failures.CodeOf(e), $"{path}: {e.Message}");
        }
        catch (SystemRefusal e) when (!e.IsHopeless)
        {
            Lose(ExitCode.Refused, e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            Lose(ExitCode.Refused, e.Message);
        }
        catch (IOException e) when (e is not SystemRefusal)
        {
            throw CliFailure.Refused($"{path}: cannot be written: {e.Message}", e);
        }
    }

    private void Lose(ExitCode code, string message)
    {
        error(message);
        _code = (ExitCode)Math.Max((int)_code, (int)code);
    }

    private static CliFailure Taken(string path) => CliFailure.Missing($"{path}: is there already and was left as it is (--overwrite replaces it)");

    private static string TemporaryName() => $".cart-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    private static string? TargetAt(CartridgeView container, string path)
    {
        try
        {
            return container.FindEntry(path) is { Type: EntryType.SymbolicLink } ? container.ReadLink(path) : null;
        }
        catch (CartridgeException)
        {
            // A path that no container has, or a link that cannot be read and so will not be made.
            return null;
        }
    }
}
