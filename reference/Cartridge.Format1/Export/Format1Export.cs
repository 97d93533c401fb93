using System.Text;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// Makes a container of format 1, as version 0.2.7 writes it, of one of format 3 (spec/14-format-1.md, section 14.13). What the old format
/// cannot hold is found before anything is written; the new file appears under its name whole or not at all.
/// </summary>
public static class Format1Export
{
    private const int KeyLength = 32;

    /// <summary>Exports a container, or one of its snapshots.</summary>
    /// <param name="container">The container; it is only read.</param>
    /// <param name="target">The file to make; nothing may have that name yet.</param>
    /// <param name="options">How.</param>
    /// <param name="snapshot">A snapshot's name; null for the current state.</param>
    /// <returns>What became of each entry. Unless <see cref="Format1ExportReport.MayWrite"/>, nothing was written (CART-ONE-116).</returns>
    /// <exception cref="CartridgeException">The container is damaged, or the file cannot be made.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static Format1ExportReport Export(CartridgeFile container, string target, Format1ExportOptions? options = null, string? snapshot = null)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentException.ThrowIfNullOrEmpty(target);
        options ??= new Format1ExportOptions();
        if (options.Key is { Length: not (0 or KeyLength) } wrong)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"A key of format 1 has {KeyLength} bytes, not {wrong.Length}.");
        }

        if (Path.Exists(target))
        {
            throw new CartridgeException(ErrorCode.Exists, $"{target} is there already.");
        }

        using var reader = snapshot is null ? container.OpenReader() : container.OpenSnapshot(snapshot);
        var encrypts = container.IsEncrypted && !options.Decrypts;
        var key = encrypts && options.Key is { IsEmpty: false } ? options.Key : null;
        var plan = new ExportPlan(reader, reader.Title, encrypts);
        plan.Look(snapshot is null ? container.Snapshots : [], mayRead: container.CanReadContent && (!encrypts || key is not null));
        var report = new Format1ExportReport(plan.Entries, plan.Troubles, plan.Remarks, MayWrite(plan, options));
        if (report.MayWrite && !options.IsTrial)
        {
            Write(reader, plan, target, options with { Key = key });
        }

        return report;
    }

    /// <summary>No wish to leave things out makes room for a catalog, or a key.</summary>
    private static bool MayWrite(ExportPlan plan, Format1ExportOptions options) => options.SkipsUnsupported
        ? plan.Troubles.All(trouble => trouble.Obstacle == Format1Obstacle.Snapshot)
        : plan.Troubles.Count == 0 && plan.Entries.All(entry => entry.Troubles.Count == 0);

    /// <summary>Writes the file under another name, and gives it its own when it is whole (CART-ONE-114).</summary>
    private static void Write(CartridgeReader reader, ExportPlan plan, string target, Format1ExportOptions options)
    {
        var medium = FileMedium.CreateUnnamed(target, out var temporary);
        try
        {
            using (medium)
            {
                var writer = new Format1Writer(medium) { Fuses = plan.Fuses, OnPortion = options.OnPortion };
                foreach (var entry in plan.Planned)
                {
                    options.OnEntry?.Invoke(entry.Record.Path);
                    Write(reader, writer, entry, options.Key);
                }

                writer.Flush();
            }

            FileMedium.Publish(temporary, target);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void Write(CartridgeReader reader, Format1Writer writer, PlannedEntry entry, ReadOnlyMemory<byte>? key)
    {
        if (entry.Record.Type == EntryType.Directory)
        {
            writer.CreateDirectory(entry.Record);
        }
        else if (key is { } secret)
        {
            writer.WriteEncrypted(entry.Record, entry.Content ?? Read(reader, entry.Source!), secret.Span);
        }
        else if (entry.Content is not null || entry.Record.Type == EntryType.SymbolicLink)
        {
            writer.Write(entry.Record, entry.Content ?? Read(reader, entry.Source!));
        }
        else
        {
            using var content = reader.OpenRead(entry.Source!.Path);
            writer.Write(entry.Record, content, entry.Source.Size);
        }
    }

    /// <summary>A content as a whole; of a link, where it leads.</summary>
    private static byte[] Read(CartridgeReader reader, CartridgeEntry entry) =>
        entry.Type == EntryType.SymbolicLink ? Encoding.UTF8.GetBytes(reader.ReadLink(entry.Path)) : reader.Read(entry.Path);
}
