using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The fields of a blob, for people: where in the data each is, its name in section 14.6 or 14.8, and what it says.</summary>
internal ref struct BlobFields(ReadOnlySpan<byte> data)
{
    private const int SmallestEntry = 20;
    private const int SmallestPair = 16;
    private const int HashLength = 32;
    private const int SmallestExtent = 24;

    private readonly List<PageField> _fields = [];
    private BlobReader _reader = new(data);

    /// <summary>The fields of a catalog, up to the first that cannot be read.</summary>
    public IReadOnlyList<PageField> OfCatalog()
    {
        _ = Number("root page");
        for (var left = Count(SmallestEntry, "entries"); left > 0 && _reader.Trouble is null; left--)
        {
            Text("path");
            Small("type", type => type switch { 0 => "file", 1 => "directory", 2 => "symbolic link", _ => "unknown" });
            _ = Number("size");
            Numbers("blocks");
            Time("created");
            Time("modified");
            Small("permissions", mode => Convert.ToString(mode, 8));
            Text("owner");
            Hash();
            if (Option("content type"))
            {
                Text("content type");
            }

            for (var pairs = Count(SmallestPair, "user metadata"); pairs > 0 && _reader.Trouble is null; pairs--)
            {
                Text("name");
                Text("value");
            }
        }

        return _fields;
    }

    /// <summary>The fields of an allocator, up to the first that cannot be read.</summary>
    public IReadOnlyList<PageField> OfAllocator()
    {
        Numbers("bitmap");
        Counters("bitmap");
        for (var left = Count(SmallestExtent, "extents"); left > 0 && _reader.Trouble is null; left--)
        {
            var start = _reader.Offset;
            var (key, first, length) = (_reader.U64(), _reader.U64(), _reader.U64());
            Add(start, "extent", string.Create(CultureInfo.InvariantCulture, $"{length} from {first} on{(key == first ? "" : $", filed under {key}")}"));
        }

        Counters("extents");
        Counters("allocator");
        return _fields;
    }

    private void Counters(string of)
    {
        _ = Number($"{of}: total blocks");
        _ = Number($"{of}: free blocks");
    }

    private ulong Number(string name)
    {
        var start = _reader.Offset;
        var value = _reader.U64();
        Add(start, name, value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    private void Time(string name)
    {
        var start = _reader.Offset;
        var value = _reader.U64();
        Add(start, name, value <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds((long)value).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture));
    }

    private void Small(string name, Func<uint, string> meaning)
    {
        var start = _reader.Offset;
        Add(start, name, meaning(_reader.U32()));
    }

    private void Text(string name)
    {
        var start = _reader.Offset;
        Add(start, name, Judge.Brief(_reader.Text(name)));
    }

    private void Numbers(string name)
    {
        const int Shown = 8;
        var start = _reader.Offset;
        var numbers = _reader.Numbers(name);
        Add(start, name, $"{numbers.Length}{(numbers.Length > 0 ? ": " : "")}{string.Join(", ", numbers.Take(Shown))}{(numbers.Length > Shown ? ", ..." : "")}");
    }

    private int Count(int smallest, string name)
    {
        var start = _reader.Offset;
        var count = _reader.Count(smallest, name);
        Add(start, name, count.ToString(CultureInfo.InvariantCulture));
        return count;
    }

    private bool Option(string name)
    {
        var start = _reader.Offset;
        var isThere = _reader.Option(name);
        Add(start, $"{name}: tag", isThere ? "there" : "not there");
        return isThere;
    }

    private void Hash()
    {
        if (Option("content hash"))
        {
            var start = _reader.Offset;
            Add(start, "content hash", Convert.ToHexStringLower(_reader.Take(HashLength)));
        }
    }

    private readonly void Add(int start, string name, string meaning)
    {
        if (_reader.Trouble is null)
        {
            _fields.Add(new PageField(start, _reader.Offset - start, name, meaning));
        }
    }
}
