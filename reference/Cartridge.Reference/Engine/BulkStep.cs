namespace Cartridge.Reference;

/// <summary>
/// One step of <see cref="CartridgeFile.WriteAll"/>: a file whose content is read ahead of its turn, or anything else that is
/// done when its turn has come.
/// </summary>
public sealed class BulkStep
{
    private BulkStep()
    {
    }

    internal string Path { get; private init; } = "";

    internal Stream? Content { get; private init; }

    internal EntryMetadata? Metadata { get; private init; }

    internal Action? Action { get; private init; }

    /// <summary>Writes a whole file, in place of what was there.</summary>
    /// <param name="path">The path.</param>
    /// <param name="content">Read to its end, once, on another thread, before the next step is asked for; not closed.</param>
    /// <param name="metadata">What else to set; null leaves the rest as it is, or at its defaults.</param>
    public static BulkStep File(string path, Stream content, EntryMetadata? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(content);
        return new BulkStep { Path = path, Content = content, Metadata = metadata };
    }

    /// <summary>Does anything else between the steps before and after it, on the thread that called, and as part of the operation.</summary>
    /// <param name="action">It may read and change the container, but end nothing: no transaction, no flush.</param>
    public static BulkStep Do(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new BulkStep { Action = action };
    }
}
