using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Snapshots as people name them on a command line.</summary>
internal static class SnapshotWord
{
    /// <summary>The current state. No snapshot can have a name that begins with '@'.</summary>
    public const string Current = "@current";

    /// <summary>The name of a snapshot; null for the current state, which is what nobody names, too.</summary>
    public static string? Of(string? word) => word == Current ? null : word;

    /// <summary>Opens a snapshot.</summary>
    /// <exception cref="CliFailure">There is none of this name.</exception>
    public static CartridgeReader Open(CartridgeFile container, string file, string name) =>
        Naming(file, name, () => container.OpenSnapshot(name));

    /// <summary>What a list says of a snapshot that is there.</summary>
    /// <exception cref="CliFailure">There is none of this name.</exception>
    public static SnapshotInfo Find(CartridgeFile container, string file, string name) =>
        container.Snapshots.Where(snapshot => snapshot.Name == name).Select(snapshot => (SnapshotInfo?)snapshot).FirstOrDefault() ?? throw Missing(file, name);

    /// <summary>Says in which container the snapshot was looked for; null is the current state, which is always there.</summary>
    public static T Naming<T>(string file, string? name, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (CartridgeException e) when (name is not null && e.Code == ErrorCode.NotFound && e.Finding is null)
        {
            throw Missing(file, name);
        }
    }

    private static CliFailure Missing(string file, string name) => CliFailure.Missing($"{name}: there is no such snapshot in {file}");
}
