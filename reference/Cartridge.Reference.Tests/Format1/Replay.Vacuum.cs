using System.Buffers.Binary;
using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>
/// The vacuum of version 0.2.7, with its fault: what it moves is not marked as given out. Our writer has no such operation and wants
/// none; here it is, to show that nothing else about the vacuumed container is unexplained.
/// </summary>
internal sealed partial class Replay
{
    private const string LogPath = "wal/vacuum/wal.log";
    private const int LogPages = 8;
    private const int LogHeader = 32;
    private const int LogEntry = 64;
    private const int FirstMovable = 3;

    private void Vacuum()
    {
        _writer.CreateDirectory(New("wal", EntryType.Directory));
        _writer.CreateDirectory(New("wal/vacuum", EntryType.Directory));
        Write(LogPath, new byte[LogPages * Page]);
        Dictionary<ulong, Format1Entry> owners = _writer.Entries.Where(entry => entry.Path != LogPath).SelectMany(entry => entry.Blocks.Select(block => (block, entry))).ToDictionary();
        HashSet<ulong> live = [0, 1, 2, .. owners.Keys, .. _writer.Find(LogPath)!.Blocks];
        Queue<ulong> holes = new(Enumerable.Range(FirstMovable, (int)live.Max()).Select(page => (ulong)page).Where(page => !live.Contains(page)));
        ulong moved = 0;
        foreach (ulong high in owners.Keys.Where(page => page >= (ulong)live.Count).OrderDescending())
        {
            Move(owners[high].Path, high, holes.Dequeue());
            moved++;
        }

        WriteLogHeader(moved + 1);
        _writer.Shrink(_writer.Entries.SelectMany(entry => entry.Blocks).Max() + 1);
    }

    private void Move(string path, ulong from, ulong to)
    {
        byte[] content = new byte[Page];
        _medium.Read((long)from * Page, content);
        _medium.Write((long)to * Page, content);
        _writer.Replace(path, [.. _writer.Find(path)!.Blocks.Select(block => block == from ? to : block)]);
        _writer.Map.Release([from]);
    }

    /// <summary>A log is cleared when all is moved; what stays of it is the number of the next entry.</summary>
    private void WriteLogHeader(ulong next)
    {
        byte[] header = new byte[LogHeader];
        "WALH"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), LogEntry);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(12), next);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), ((LogPages * Page) - LogHeader) / LogEntry);
        _medium.Write((long)_writer.Find(LogPath)!.Blocks[0] * Page, header);
    }
}
