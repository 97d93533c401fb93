using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>
/// Stores files, folders and links in an open transaction of a container. Links are stored as links; modes, owners, times
/// and the attributes of <c>user.</c> are kept. Whoever calls commits, or takes everything back.
/// </summary>
/// <param name="container">Where to.</param>
/// <param name="files">Where from.</param>
/// <param name="own">The container's own file, which is never stored in itself.</param>
/// <param name="note">Told what was left out, and why.</param>
internal sealed class Packer(CartridgeFile container, HostFiles files, HostIdentity? own, Action<string> note)
{
    private readonly OwnerNames _owners = new();
    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);

    /// <summary>Looks at a source.</summary>
    /// <exception cref="CliFailure">It is not there.</exception>
    public static HostEntry Find(HostFiles files, Source source) =>
        files.Look(source.HostPath) ?? throw CliFailure.Missing($"{source.HostPath}: there is no such file or folder");

    /// <summary>Stores one source with everything below it.</summary>
    /// <exception cref="CliFailure">It is not there, vanished, or cannot be stored.</exception>
    public void Put(Source source)
    {
        var entry = Find(files, source);
        if (source.Target.Length == 0 && entry.Kind != HostKind.Folder)
        {
            throw CliFailure.Usage($"{source.HostPath}: only a folder's content can be stored at the root");
        }

        RequireRoomAbove(source.Target);
        Put(source.HostPath, source.Target, entry);
    }

    /// <summary>Stores a stream under a path, as a file made now.</summary>
    public void Put(Stream content, string target)
    {
        RequireRoomAbove(target);
        MakeRoom(target, EntryType.File);
        container.Write(target, content, new EntryMetadata { RecordContentHash = true });
    }

    private void Put(string hostPath, string target, HostEntry entry)
    {
        try
        {
            PutByKind(hostPath, target, entry);
        }
        catch (CartridgeException e) when (e.Finding is null)
        {
            // A path that was put together from names on disk, say, may be one that no container can have.
            throw new CliFailure(Failures.CodeOf(e), $"{hostPath}: {e.Message}", e);
        }
    }

    private void PutByKind(string hostPath, string target, HostEntry entry)
    {
        switch (entry.Kind)
        {
            case HostKind.Folder:
                PutFolder(hostPath, target, entry);
                break;
            case HostKind.File when own is not null && entry.Identity == own:
                note($"{hostPath}: left out, it is the container itself");
                break;
            case HostKind.File:
                PutFile(hostPath, target);
                break;
            case HostKind.Link:
                MakeRoom(target, EntryType.SymbolicLink);
                container.CreateSymbolicLink(target, Vanishing(hostPath, () => files.ReadLink(hostPath)), Metadata(hostPath, entry));
                break;
            default:
                note($"{hostPath}: left out, it is neither a file nor a folder nor a link");
                break;
        }
    }

    private void PutFolder(string hostPath, string target, HostEntry entry)
    {
        if (target.Length > 0)
        {
            MakeRoom(target, EntryType.Directory);
            container.CreateDirectory(target, Metadata(hostPath, entry));
        }

        foreach (var name in Vanishing(hostPath, () => files.NamesIn(hostPath)))
        {
            var below = Path.Combine(hostPath, name);
            var child = files.Look(below) ?? throw Vanished(below);
            Put(below, target.Length == 0 ? name : $"{target}/{name}", child);
        }
    }

    private void PutFile(string hostPath, string target)
    {
        MakeRoom(target, EntryType.File);
        var (content, entry) = Vanishing(hostPath, () => files.Open(hostPath));
        using (content)
        {
            var metadata = Metadata(hostPath, entry);
            var named = new NamedStream(content, hostPath);
            if (HasHoles(content, entry.Size))
            {
                SparseContent.Put(container, target, named, content, files, entry.Size, metadata);
            }
            else
            {
                content.Position = 0;
                container.Write(target, named, metadata);
            }
        }

        if (files.Look(hostPath) is not { } after || after.Modified != entry.Modified || after.Size != entry.Size)
        {
            note($"{hostPath}: changed while it was being stored");
        }
    }

    private bool HasHoles(FileStream content, long size) =>
        size > 0 && (files.NextData(content, 0, size) is not { Start: 0 } first || first.End < size);

    private EntryMetadata Metadata(string hostPath, HostEntry entry) => new()
    {
        Mode = entry.Mode,
        Uid = entry.Uid,
        Gid = entry.Gid,
        Owner = _owners.Of(entry.Uid),
        Created = entry.Created,
        Modified = entry.Modified,
        ContentType = "",
        UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal),
        ExtendedAttributes = files.AttributesOf(hostPath),
        RecordContentHash = true,
    };

    /// <summary>Nothing but folders may stand above what is stored: a container could hold it, no disk could take it back.</summary>
    private void RequireRoomAbove(string target)
    {
        foreach (var folder in Paths.Above(target))
        {
            if (container.FindEntry(folder) is { Type: not EntryType.Directory } entry)
            {
                throw CliFailure.Missing($"{target}: cannot be stored below {folder}, which is a {Words.Type(entry.Type)} in the container");
            }
        }
    }

    /// <summary>Takes away what stands in the way: an entry of another type. A folder with something in it stays.</summary>
    private void MakeRoom(string target, EntryType type)
    {
        var old = container.FindEntry(target);
        if (!_stored.Add(target) && type != EntryType.Directory)
        {
            throw CliFailure.Usage($"{target}: two sources would be stored there");
        }

        if (type != EntryType.Directory && container.List($"{target}/").Any())
        {
            throw CliFailure.Missing(
                $"{target}: is a folder in the container; to store in it, say --to {target}/, to replace it, take it out first with cart rm -r");
        }

        if (old is not null && old.Type != type)
        {
            container.Delete(target);
        }
    }

    /// <summary>What was there a moment ago may have gone.</summary>
    private static T Vanishing<T>(string hostPath, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is SystemRefusal { IsMissing: true } or FileNotFoundException or DirectoryNotFoundException)
        {
            throw Vanished(hostPath, e);
        }
    }

    private static CliFailure Vanished(string hostPath, Exception? inner = null) =>
        CliFailure.Refused($"{hostPath}: vanished while it was being stored", inner);
}
