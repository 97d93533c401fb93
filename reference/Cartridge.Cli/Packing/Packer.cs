using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>
/// Stores files, folders and links in an open transaction of a container. Links are stored as links; modes, owners, times
/// and the attributes of <c>user.</c> are kept. Whoever calls commits, or takes everything back.
/// </summary>
/// <remarks>
/// The disk is walked on one thread, which reads ahead, and the container filled on another. So what is on the disk is looked
/// at in the sequence of steps, and what is in the container within a step.
/// </remarks>
/// <param name="container">Where to.</param>
/// <param name="files">Where from.</param>
/// <param name="own">The container's own file, which is never stored in itself.</param>
/// <param name="note">Told what was left out, and why.</param>
/// <param name="work">Told of what is done, and may end it.</param>
internal sealed class Packer(CartridgeFile container, HostFiles files, HostIdentity? own, Action<string> note, Work? work = null)
{
    private readonly OwnerNames _owners = new();
    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);
    private string? _storing;

    /// <summary>What is read where a source is standard input.</summary>
    public Stream StandardInput { get; init; } = Stream.Null;

    /// <summary>Whether the SHA-256 of each content is recorded beside it, which costs a second hash of all that does not fit into one chunk.</summary>
    public bool ContentHash { get; init; }

    /// <summary>How files are stored; null leaves that to the container.</summary>
    public CodecChoice? Codec { get; init; }

    /// <summary>Looks at a source.</summary>
    /// <exception cref="CliFailure">It is not there.</exception>
    public static HostEntry Find(HostFiles files, Source source) =>
        files.Look(source.HostPath) ?? throw CliFailure.Missing($"{source.HostPath}: there is no such file or folder");

    /// <summary>Stores sources with everything below them, all or nothing.</summary>
    /// <exception cref="CliFailure">One is not there, vanished, or cannot be stored.</exception>
    public void Put(params IReadOnlyList<Source> sources)
    {
        try
        {
            container.WriteAll(sources.SelectMany(source => source.IsStandardInput ? StepsOfInput(source.Target) : StepsOf(source)));
        }
        catch (CartridgeException e) when (e.Finding is null && _storing is not null)
        {
            // A path that was put together from names on disk, say, may be one that no container can have.
            throw new CliFailure(Failures.CodeOf(e), $"{_storing}: {e.Message}", e);
        }
    }

    private IEnumerable<BulkStep> StepsOf(Source source)
    {
        var entry = Find(files, source);
        if (source.Target.Length == 0 && entry.Kind != HostKind.Folder)
        {
            throw CliFailure.Usage($"{source.HostPath}: only a folder's content can be stored at the root");
        }

        return StepsOf(source.HostPath, source.Target, entry)
            .Prepend(BulkStep.Do(() => Paths.RequireFoldersAbove(container, source.Target)));
    }

    private IEnumerable<BulkStep> StepsOfInput(string target) =>
    [
        BulkStep.Do(() =>
        {
            Paths.RequireFoldersAbove(container, target);
            MakeRoom(target, EntryType.File);
            _storing = null;
        }),
        BulkStep.File(target, new NamedStream(StandardInput, "standard input", work), new EntryMetadata { RecordContentHash = ContentHash, Codec = Codec }),
    ];

    private IEnumerable<BulkStep> StepsOf(string hostPath, string target, HostEntry entry)
    {
        work?.Begin();
        switch (entry.Kind)
        {
            case HostKind.Folder:
                return StepsOfFolder(hostPath, target, entry);
            case HostKind.File when own is not null && entry.Identity == own:
                note($"{hostPath}: left out, it is the container itself");
                return [];
            case HostKind.File:
                return StepsOfFile(hostPath, target);
            case HostKind.Link:
                var (linkTarget, metadata) = (Vanishing(hostPath, () => files.ReadLink(hostPath)), Metadata(hostPath, entry));
                return [Step(hostPath, target, EntryType.SymbolicLink, () => container.CreateSymbolicLink(target, linkTarget, metadata))];
            default:
                note($"{hostPath}: left out, it is neither a file nor a folder nor a link");
                return [];
        }
    }

    private IEnumerable<BulkStep> StepsOfFolder(string hostPath, string target, HostEntry entry)
    {
        if (target.Length > 0)
        {
            var metadata = Metadata(hostPath, entry);
            yield return Step(hostPath, target, EntryType.Directory, () => container.CreateDirectory(target, metadata));
        }

        foreach (var name in Vanishing(hostPath, () => files.NamesIn(hostPath)))
        {
            var below = Path.Combine(hostPath, name);
            var child = files.Look(below) ?? throw Vanished(below);
            foreach (var step in StepsOf(below, target.Length == 0 ? name : $"{target}/{name}", child))
            {
                yield return step;
            }
        }
    }

    private IEnumerable<BulkStep> StepsOfFile(string hostPath, string target)
    {
        var (content, entry) = Vanishing(hostPath, () => files.Open(hostPath));
        using (content)
        {
            if (HasHoles(content, entry.Size))
            {
                yield return Step(hostPath, target, EntryType.File, () => PutSparse(hostPath, target));
                yield break;
            }

            content.Position = 0;
            yield return Step(hostPath, target, EntryType.File, () => { });
            yield return BulkStep.File(target, new NamedStream(content, hostPath, work), Metadata(hostPath, entry));
        }

        NoteIfChanged(hostPath, entry);
    }

    /// <summary>A file with holes is gone through where they are found, so it is opened once more, in its turn.</summary>
    private void PutSparse(string hostPath, string target)
    {
        var (content, entry) = Vanishing(hostPath, () => files.Open(hostPath));
        using (content)
        {
            SparseContent.Put(container, target, new NamedStream(content, hostPath, work), content, files, entry.Size, Metadata(hostPath, entry));
        }

        NoteIfChanged(hostPath, entry);
    }

    /// <summary>A step that first makes room in the container.</summary>
    private BulkStep Step(string hostPath, string target, EntryType type, Action action) => BulkStep.Do(() =>
    {
        _storing = hostPath;
        MakeRoom(target, type);
        action();
    });

    private void NoteIfChanged(string hostPath, HostEntry entry)
    {
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
        RecordContentHash = ContentHash,
        Codec = Codec,
    };

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
