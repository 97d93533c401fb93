namespace Cartridge.Reference.Tests;

/// <summary>A salvage that was carried out: what was told, and the new container.</summary>
internal sealed class Salvaged : IDisposable
{
    private readonly CartridgeFile? _container;

    private Salvaged(SalvageReport report, CartridgeFile? container) => (Report, _container) = (report, container);

    public SalvageReport Report { get; }

    public Dictionary<string, SalvagedEntry> Told { get; } = [];

    /// <summary>Whether a new container was made.</summary>
    public bool IsMade => _container is not null;

    /// <summary>Salvages a container, looks that it was left alone, and verifies the new one.</summary>
    public static Salvaged From(byte[] broken, SalvageOptions? options = null)
    {
        using var medium = Wreck.MemoryOf(broken);
        List<SalvagedEntry> told = [];
        byte[]? made = null;
        MemoryMedium? target = null;
        var report = Salvager.Salvage(
            medium,
            builder => builder.Create(target = new MemoryMedium()),
            (options ?? new SalvageOptions()) with { Each = told.Add });
        Assert.True(BytesOf(medium).AsSpan().SequenceEqual(broken), "the broken container was changed");
        if (target is not null)
        {
            made = BytesOf(target);
            var verified = Verifier.Verify(Wreck.MemoryOf(made), new VerifyOptions { Key = options?.Key });
            Assert.True(verified.IsValid, string.Join('\n', verified.Findings));
        }

        var salvaged = new Salvaged(report, made is null ? null : CartridgeFile.Open(Wreck.MemoryOf(made), new OpenOptions { ReadOnly = true, Key = options?.Key }));
        foreach (var entry in told)
        {
            Assert.True(salvaged.Told.TryAdd(entry.Path, entry), $"{entry.Path} was told twice");
        }

        Assert.Equal(told.Count, report.Whole + report.Partial + report.Lost);
        return salvaged;
    }

    public CartridgeEntry? Find(string path) => _container!.FindEntry(path);

    public byte[] Read(string path) => _container!.Read(path);

    public void Dispose() => _container?.Dispose();

    private static byte[] BytesOf(MemoryMedium medium)
    {
        var bytes = new byte[medium.Length];
        medium.Read(0, bytes);
        return bytes;
    }
}
