using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>
/// Does with our writer what the recorded steps of a golden container say that was done with the old one. What no step can say is
/// taken from the golden container: the time of each entry, the nonce of each encrypted content.
/// </summary>
internal sealed partial class Replay : IDisposable
{
    private const int Page = 4096;
    private const int NonceLength = 12;

    private readonly byte[] _bytes;
    private readonly string _note;
    private readonly Format1File _golden;
    private readonly IMedium _medium;
    private readonly Format1Writer _writer;
    private readonly ulong _made;
    private readonly Queue<byte[]> _nonces = new();

    /// <summary>Begins.</summary>
    /// <param name="golden">The container that is to come out.</param>
    /// <param name="note">What its maker noted.</param>
    /// <param name="medium">Takes what is written.</param>
    public Replay(byte[] golden, string note, IMedium medium)
    {
        _bytes = golden;
        _note = note;
        _golden = Format1File.Open(new MemoryMedium(golden, readOnly: true), new() { Salvage = true });
        _medium = medium;
        _made = _golden.Find(Format1Manifest.Path)!.Created;
        _writer = new Format1Writer(medium) { Nonces = _nonces.Dequeue };
    }

    public void Dispose() => _golden.Dispose();

    /// <summary>Does a step; each was a run of the old program, which ended in a flush.</summary>
    public void Do(JsonArray step)
    {
        string[] words = [.. step.Select(word => word!.ToString())];
        switch (words[0])
        {
            case "create": Create(words[1], words[2]); break;
            case "gen": Write(words[1], Golden.Generated(Number(words[3]), Number(words[2]))); break;
            case "encgen": Encrypt(Convert.FromHexString(words[1]), words[2], Golden.Generated(Number(words[4]), Number(words[3]))); break;
            case "many": Many(words[1], Number(words[2]), Number(words[3])); break;
            case "mkdir": _writer.CreateDirectory(New(words[1], EntryType.Directory)); break;
            case "rm": Array.ForEach(words[1..], _writer.Delete); break;
            case "usermeta": _writer.Change(words[1], old => old with { UserMetadata = new Dictionary<string, string>(old.UserMetadata) { [words[2]] = words[3] } }); break;
            case "patch": _writer.Change(words[1], old => Patched(old, words[2], words[3])); break;
            case "fuses": _writer.Fuses = new((byte)Number(words[1]), (byte)Number(words[2]), (byte)Number(words[3])); break;
            case "crashrewrite": Rewrite(Number(words[1]), Number(words[2])); break;
            case "vacuum": Vacuum(); break;
            case "sql": Query(words[1], words[2].Count(letter => letter == ';')); break;
            case "snapshot": break;
            default: throw new NotSupportedException(words[0]);
        }

        _writer.Flush();
    }

    /// <summary>Files of one length, numbered: their content is the generator's with their number.</summary>
    public void Many(string prefix, int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{prefix}{i:d5}"), Golden.Generated(i, length));
        }
    }

    /// <summary>Writes a file, a new one or over an old one.</summary>
    public void Write(string path, byte[] content)
    {
        Format1Entry entry = New(path, EntryType.File);
        ulong modified = _golden.Find(path)?.Modified ?? _made;
        _writer.Write(_writer.Find(path) is { } old ? old with { Modified = modified } : entry, content);
    }

    /// <summary>Writes what a run ends with, and begins the next.</summary>
    public void Flush() => _writer.Flush();

    private void Create(string slug, string title)
    {
        _writer.CreateDirectory(New(".cartridge", EntryType.Directory));
        string text = System.Text.Encoding.UTF8.GetString(_golden.Read(_golden.Find(Format1Manifest.Path)!));
        Write(Format1Manifest.Path, new Format1Manifest(slug, title).Write(JsonNode.Parse(text)!["created"]!.GetValue<string>()));
    }

    private void Encrypt(byte[] key, string path, byte[] content)
    {
        int at = (int)_golden.Find(path)!.Blocks[0] * Page;
        _nonces.Enqueue(_bytes[at..(at + NonceLength)]);
        _writer.WriteEncrypted(New(path, EntryType.File), content, key);
    }

    /// <summary>Five files in turn, over and over; the writer was killed between two of its runs.</summary>
    private void Rewrite(int length, int files)
    {
        int last = Number(_note[(_note.LastIndexOf(' ') + 1)..]);
        for (int i = 0; i <= last; i++)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"crash/f{i % files:d5}"), Golden.Generated(i, length));
        }
    }

    /// <summary>
    /// A run of SQLite, which only SQLite could do again byte by byte: its statements are transactions, each with a journal of a page and,
    /// once there is a database to fall back to, of that one's first page. What SQLite wrote is taken from the golden container: the
    /// database, and, from pages that are free, the last journal. Where all of it lies is found here.
    /// </summary>
    private void Query(string path, int statements)
    {
        const int JournalLength = Page + sizeof(uint) + Page + sizeof(uint);
        string journalPath = path + "-journal";
        byte[] database = _golden.Read(_golden.Find(path)!);
        byte[] journal = [.. new byte[Page], .. _bytes.AsSpan(7 * Page, JournalLength - Page)];
        for (int i = 1; i <= statements; i++)
        {
            Write(journalPath, journal[..Page]);
            if (i > 1)
            {
                Write(journalPath, journal[..^sizeof(uint)]);
                Write(journalPath, journal);
            }

            Write(path, i == statements ? database : database[..Math.Min(database.Length, 2 * i * Page)]);
            _writer.Delete(journalPath);
        }
    }

    private Format1Entry Patched(Format1Entry old, string what, string value) => what switch
    {
        "ctype" => old with { ContentType = value },
        "perm" => old with { Permissions = Convert.ToUInt32(value, 8) },
        "owner" => old with { Owner = value },
        "time" => old with { Created = ulong.Parse(value, CultureInfo.InvariantCulture), Modified = ulong.Parse(value, CultureInfo.InvariantCulture) },
        "hash" => old with { ContentHash = SHA256.HashData(_golden.Read(_golden.Find(old.Path)!)) },
        "symlink" => old with { Type = EntryType.SymbolicLink },
        _ => throw new NotSupportedException(what),
    };

    /// <summary>What the old programs record of an entry that is new.</summary>
    private Format1Entry New(string path, EntryType type)
    {
        ulong time = _golden.Find(path)?.Created ?? _made;
        return new Format1Entry
        {
            Path = path,
            Type = type,
            Created = time,
            Modified = time,
            Permissions = type == EntryType.Directory ? 0b111_101_101u : 0b110_100_100u,
            Owner = "default",
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
