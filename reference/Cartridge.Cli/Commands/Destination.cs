using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Where <c>mv</c> and <c>cp</c> put things, as people know it from the programs of these names.</summary>
/// <param name="From">The path of what is there.</param>
/// <param name="To">The path that it, or its copy, gets; nothing has it.</param>
internal readonly record struct Destination(string From, string To)
{
    /// <summary>What both commands say of their last argument.</summary>
    public const string Help = "The new path. A folder, or a path with / at its end: the folder to put it in, under its own name.";

    /// <summary>Works out the destination, and takes a file or link that stands there away if that is wanted.</summary>
    /// <param name="container">An open transaction of it.</param>
    /// <param name="file">Its name.</param>
    /// <param name="from">The first path, as given.</param>
    /// <param name="to">The second path, as given.</param>
    /// <param name="overwrite">Whether a file or link that is there may be replaced.</param>
    /// <exception cref="CliFailure">The source is not there, or something is in the way.</exception>
    public static Destination Of(CartridgeFile container, string file, string from, string to, bool overwrite)
    {
        var source = Paths.Argument(container, from);
        if (container.FindEntry(source) is null && !Paths.HasEntriesBelow(container, source))
        {
            throw CliFailure.Missing($"{source}: there is no such entry in {file}");
        }

        var target = Paths.Argument(container, to);
        if (to.EndsWith('/') || Paths.IsFolder(container, target))
        {
            target = $"{target}/{source[(source.LastIndexOf('/') + 1)..]}";
        }

        if (target == source)
        {
            throw CliFailure.Missing($"{source}: is there already, being the thing itself");
        }

        Paths.RequireFoldersAbove(container, target);
        MakeRoom(container, source, target, overwrite);
        return new Destination(source, target);
    }

    private static void MakeRoom(CartridgeFile container, string source, string target, bool overwrite)
    {
        if (Paths.IsFolder(container, target))
        {
            throw CliFailure.Missing($"{target}: is a folder already");
        }

        if (container.FindEntry(target) is not { } old)
        {
            return;
        }

        if (Paths.IsFolder(container, source))
        {
            throw CliFailure.Missing($"{target}: is a {Words.Type(old.Type)}, and {source} a folder");
        }

        if (!overwrite)
        {
            throw CliFailure.Missing($"{target}: is there already (--overwrite replaces it)");
        }

        container.Delete(target);
    }
}
