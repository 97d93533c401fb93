using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Opens containers for commands. Whatever is wrong with one is said with its name before it.</summary>
internal static class Containers
{
    /// <summary>Reads a container.</summary>
    public static ExitCode Read(Session session, string file, Func<CartridgeFile, ExitCode> use, bool needsContent = false) => Naming(file, () =>
    {
        using var key = session.Keys.For(session, file, needsContent);
        using var container = CartridgeFile.OpenReadOnly(file, new OpenOptions { Key = key, Codecs = SystemCodecs.All });
        if (needsContent && !container.CanReadContent)
        {
            throw new CartridgeException(ErrorCode.MissingKey, $"{file}: is encrypted; --key-file or --passphrase-file opens it");
        }

        Tell(session, file, container);
        return use(container);
    });

    /// <summary>Reads a container, or a snapshot in it.</summary>
    /// <param name="session">Where to say things.</param>
    /// <param name="file">The container.</param>
    /// <param name="at">A snapshot's name; null for the current state.</param>
    /// <param name="use">Given the container, and what to read.</param>
    /// <param name="needsContent">Whether a key is needed, if the container is encrypted.</param>
    public static ExitCode ReadAt(Session session, string file, string? at, Func<CartridgeFile, CartridgeView, ExitCode> use, bool needsContent = false) =>
        Read(session, file, container =>
        {
            if (at is null)
            {
                return use(container, container);
            }

            using var snapshot = SnapshotWord.Open(container, file, at);
            return use(container, snapshot);
        }, needsContent);

    /// <summary>Changes a container, in one transaction: all of it, or, if anything but <see cref="ExitCode.Fine"/> comes back, nothing.</summary>
    public static ExitCode Write(Session session, string file, double waitSeconds, Func<CartridgeFile, ExitCode> use) =>
        WriteInSteps(session, file, waitSeconds, container =>
        {
            using var transaction = container.BeginTransaction();
            var code = use(container);
            if (code == ExitCode.Fine)
            {
                transaction.Commit();
            }

            return code;
        });

    /// <summary>Changes a container by operations each of which is a commit of its own.</summary>
    public static ExitCode WriteInSteps(Session session, string file, double waitSeconds, Func<CartridgeFile, ExitCode> use) => Naming(file, () =>
    {
        using var key = session.Keys.For(session, file, needsContent: true);
        using var container = CartridgeFile.Open(file, new OpenOptions { LockTimeout = TimeSpan.FromSeconds(waitSeconds), Key = key, Codecs = SystemCodecs.All });
        Tell(session, file, container);
        return use(container);
    });

    /// <summary>Puts the container's name before findings, which know only pages; of one of format 1 it says what helps.</summary>
    public static T Naming<T>(string file, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (CartridgeException e) when (e.Finding is not null)
        {
            var help = e.Code == ErrorCode.UnsupportedVersion && Older.Is(file) ? "; 'cart migrate' makes a container of format 3 of it" : "";
            throw new CliFailure(ExitCode.Invalid, $"{file}: {e.Message}{help}", e);
        }
    }

    private static void Tell(Session session, string file, CartridgeFile container)
    {
        foreach (var warning in container.Warnings)
        {
            session.Note($"{file}: {warning}");
        }
    }
}
