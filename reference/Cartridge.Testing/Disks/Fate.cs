namespace Cartridge.Testing;

/// <summary>
/// What becomes of one unsynced operation when the power fails: it is lost, it has arrived, or, for a write, only some of its
/// 512-byte sectors have. A setting of the length is never torn.
/// </summary>
public readonly record struct Fate
{
    /// <summary>The bytes that a disk writes or does not write as one.</summary>
    public const int SectorSize = 512;

    private readonly Kind _kind;
    private readonly byte _sectors;

    private Fate(Kind kind, byte sectors = 0) => (_kind, _sectors) = (kind, sectors);

    private enum Kind : byte
    {
        Lost,
        Arrived,
        Head,
        Tail,
        Alternate,
        Noise,
        Some,
    }

    /// <summary>Nothing of it is there.</summary>
    public static Fate Lost { get; } = new(Kind.Lost);

    /// <summary>All of it is there.</summary>
    public static Fate Arrived { get; } = new(Kind.Arrived);

    /// <summary>The ways in which a write of any size is torn: only its first half, its second half or every other sector has
    /// arrived, or all of it with a sector in the middle that holds neither the old nor the new (unless these are the same:
    /// writing what is there already changes nothing, however it is interrupted).</summary>
    public static IReadOnlyList<Fate> Torn { get; } = [new(Kind.Head), new(Kind.Tail), new(Kind.Alternate), new(Kind.Noise)];

    /// <summary>The ways in which a write of one page can be torn at sectors: all of them.</summary>
    public static IReadOnlyList<Fate> EveryTornPage { get; } =
        [.. Enumerable.Range(1, 254).Select(sectors => new Fate(Kind.Some, (byte)sectors)), new(Kind.Noise)];

    /// <summary>A name for messages.</summary>
    public override string ToString() => _kind == Kind.Some ? $"sectors {_sectors:b8}" : _kind.ToString().ToLowerInvariant();

    internal bool Reaches(int sector, int sectors) => _kind switch
    {
        Kind.Lost => false,
        Kind.Arrived or Kind.Noise => true,
        Kind.Head => sector < (sectors + 1) / 2,
        Kind.Tail => sector >= sectors / 2,
        Kind.Alternate => sector % 2 == 0,
        _ => (_sectors >> (sector % 8) & 1) == 1,
    };

    internal void Spoil(int sector, int sectors, Span<byte> bytes)
    {
        if (_kind == Kind.Noise && sector == sectors / 2)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(i % 251 ^ 0xA5);
            }
        }
    }
}
