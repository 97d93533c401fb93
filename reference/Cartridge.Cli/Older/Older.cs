using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Containers of format 1, which commands that read take as they take those of format 3.</summary>
internal static class Older
{
    /// <summary>Whether a file begins as one of format 1.</summary>
    public static bool Is(string file) => Format1File.IsFormat1(file);

    /// <summary>Whether a file begins as one of format 1.</summary>
    public static bool Is(IMedium medium) => Format1File.IsFormat1(medium);

    /// <summary>Opens a container. One with a damaged catalog is read as far as it can be, and the exit code says so.</summary>
    public static ExitCode Read(Session session, string file, Func<Format1File, ExitCode> use) => Containers.Naming(file, () =>
    {
        using var container = Format1File.Open(file, new Format1OpenOptions { Key = session.Keys.GetBytes(), Salvage = true });
        var isWhole = true;
        foreach (var finding in container.Findings.Where(finding => finding.Severity == Severity.Error))
        {
            session.Error($"{file}: {finding}");
            isWhole = false;
        }

        return (ExitCode)Math.Max((int)use(container), (int)(isWhole ? ExitCode.Fine : ExitCode.Invalid));
    });

    /// <summary>Uses a container as one of format 3, which it is migrated to for as long as that takes; what it loses by that is told.</summary>
    public static ExitCode AsNew(Session session, string file, Func<string, ExitCode> use) => Containers.Naming(file, () =>
    {
        var folder = Directory.CreateTempSubdirectory("cart-");
        try
        {
            var converted = Path.Combine(folder.FullName, "converted.cart");
            var report = Format1Migration.Migrate(file, converted, new Format1MigrationOptions { Key = session.Keys.GetBytes(), Salvage = true, KeepsRecord = false });
            foreach (var remark in report.Remarks)
            {
                session.Error($"{file}: {remark}");
            }

            foreach (var entry in report.Entries.Where(entry => !entry.IsTaken))
            {
                session.Error($"{entry.Path}: {entry.Remarks[0]}");
            }

            return (ExitCode)Math.Max((int)use(converted), (int)(report.IsWhole ? ExitCode.Fine : ExitCode.Invalid));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    });

    /// <summary>What the pages of a container of either format are for, and whether it is valid.</summary>
    public static (IReadOnlyList<PageRun> Runs, bool IsValid) Runs(IMedium medium)
    {
        if (!Is(medium))
        {
            var report = Verifier.Verify(medium, new VerifyOptions { CollectOwners = true });
            return ([.. PageRuns.Of(report, (medium.Length + Format.PageSize - 1) / Format.PageSize)], report.IsValid);
        }

        var old = Format1Verifier.Verify(medium);
        List<PageRun> runs = [];
        foreach (var (page, owner) in old.PageOwners)
        {
            var what = PageRuns.InWords(owner);
            if (runs.Count > 0 && runs[^1].What == what)
            {
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            }
            else
            {
                runs.Add(new PageRun(page, 1, PageKind.Of(owner), what));
            }
        }

        return (runs, old.IsValid);
    }
}
