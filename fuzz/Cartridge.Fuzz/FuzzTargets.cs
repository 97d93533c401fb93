using Cartridge.Codecs;
using Cartridge.Format1;
using Cartridge.Formats.Walk;
using Cartridge.Formats.WalkOne;
using Cartridge.Formats.WalkStream;
using Cartridge.Reference;
using Cartridge.Testing;
using Kaitai;

namespace Cartridge.Fuzz;

/// <summary>All entry points. Inputs of a kind of file are that file's bytes, so that any corpus of such files serves.</summary>
public static class FuzzTargets
{
    private const int MaxHashedZeros = 1 << 20;

    // Anybody can see it: what it opens are inputs that were made with it.
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly VerifyingKey Signer = VerifyingKey.FromBytes(
        Convert.FromHexString("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"));

    /// <summary>All targets, in the order of the chapters.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("container", "A container of format 3: verified, and then opened and read whole. What is valid must be readable.", Container),
        new("walker", "A container of format 3: read by the second parser. It answers with a state or a refusal.", Walker),
        new("inspect", "A container of format 3: each page described, as far as it goes.", Inspect),
        new("writer", "A container of format 3: changed, if it can be opened. What was valid must stay so.", Writer),
        new("salvage", "A broken container of format 3: salvaged. What comes out must be valid.", Salvage),
        new("transfer", "A stream: received into an empty container, and read by the second parser. Refused, it changes nothing.", Transfer),
        new("signature", "A signature file: verified.", Signature),
        new("manifest", "The manifest of a container: read, and what was read written and read again.", Manifest),
        new("lz4", "A length in two bytes, and an LZ4 block: decoded.", bytes => Decode(new Lz4Codec(), bytes)),
        new("zstd", "A length in two bytes, and a Zstandard frame: decoded.", bytes => Decode(new ZstandardCodec(), bytes)),
        new("format-1", "A container of format 1: verified, opened and read, damaged or not, and read by the second parser.", FormatOne),
        new("format-1-migrate", "A container of format 1: migrated. What comes out must be valid.", Migrate),
        new("format-1-manifest", "The manifest beside a container of format 1: read.", bytes => Format1Manifest.Parse(bytes)),
    ];

    /// <summary>The target of a name; null if there is none.</summary>
    /// <param name="name">As in <see cref="All"/>.</param>
    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);

    private static void Container(byte[] bytes)
    {
        var report = Verify(bytes);
        if (HostileCases.ReadEverything(bytes) is { } refusal && report.IsValid)
        {
            throw new FaultException($"The verifier finds the container valid, the engine refuses it: {refusal.Message}", refusal);
        }
    }

    private static void Walker(byte[] bytes) => Answer(() => CartridgeWalker.Walk(bytes));

    private static void Inspect(byte[] bytes)
    {
        using var medium = new MemoryMedium(bytes, readOnly: true);
        for (var page = 0; page < bytes.Length / Format.PageSize; page++)
        {
            _ = PageInspector.Describe(medium, page).Fields.Count;
        }
    }

    private static void Writer(byte[] bytes)
    {
        var before = Verify(bytes);
        using var medium = new MemoryMedium([.. bytes]);
        Answer(() =>
        {
            using var file = CartridgeFile.Open(medium, new OpenOptions { Codecs = SystemCodecs.All });
            file.Write("fuzz/new", Specimens.Bytes(1, 30_000));
            foreach (var entry in file.List().Take(8).ToList())
            {
                Answer(() => file.SetLength(entry.Path, entry.Size / 2));
                Answer(() => file.Delete(entry.Path));
            }

            Answer(() => file.CreateSnapshot("fuzz"));
            foreach (var snapshot in file.Snapshots.Take(4))
            {
                Answer(() => file.DeleteSnapshot(snapshot.Name));
            }
        });

        var after = Verifier.Verify(medium, new VerifyOptions { Codecs = SystemCodecs.All, MaxHashedZeros = MaxHashedZeros });
        if (before.IsValid && !after.IsValid)
        {
            throw new FaultException($"Writing has spoilt a valid container: {after.Findings.First(finding => finding.Severity == Severity.Error)}");
        }
    }

    private static void Salvage(byte[] bytes)
    {
        using var medium = new MemoryMedium(bytes, readOnly: true);
        IReadOnlyList<string> snapshots = [];
        Answer(() => snapshots = Salvage(medium, null).Snapshots);
        foreach (var name in snapshots.Take(4))
        {
            Answer(() => Salvage(medium, name));
        }
    }

    private static SalvageReport Salvage(MemoryMedium medium, string? snapshot)
    {
        using var target = new MemoryMedium();
        var report = Salvager.Salvage(medium, builder => builder.Create(target), new SalvageOptions { Codecs = SystemCodecs.All, Snapshot = snapshot });
        if (!report.IsLocked)
        {
            RequireValid(target, "salvaged");
        }

        return report;
    }

    private static void Transfer(byte[] bytes)
    {
        Answer(() => StreamWalker.Walk(bytes));
        using var medium = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("fuzz").Create(medium))
        {
            var before = container.StateHash();
            using var stream = new MemoryStream(bytes, writable: false);
            if (Refuses(() => container.Receive(stream)) && !container.StateHash().AsSpan().SequenceEqual(before))
            {
                throw new FaultException("A stream that was refused has changed the container.");
            }
        }

        RequireValid(medium, "received");
    }

    private static void Signature(byte[] bytes) => Answer(() => StateSignature.Verify(
        bytes, new SignedState(new ContainerId(Key.AsSpan(0, ContainerId.Length)), 7, new string('0', 64), ContentChecksum.Sha256), Signer, new Ed25519()));

    private static void Manifest(byte[] bytes) => Answer(() =>
    {
        var text = CartridgeManifest.Parse(bytes).Write();
        if (!CartridgeManifest.Parse(text).Write().AsSpan().SequenceEqual(text))
        {
            throw new FaultException("A manifest that was written and read says something else.");
        }
    });

    private static void Decode(IContentCodec codec, byte[] bytes)
    {
        if (bytes.Length < sizeof(ushort) || !codec.IsAvailable)
        {
            return;
        }

        var destination = new byte[1 + (bytes[0] | (bytes[1] << 8))];
        _ = codec.Decode(bytes.AsSpan(sizeof(ushort)), destination, out var written);
        if (written < 0 || written > destination.Length)
        {
            throw new FaultException($"{written} bytes were written into {destination.Length}.");
        }
    }

    private static void FormatOne(byte[] bytes)
    {
        using var medium = new MemoryMedium(bytes, readOnly: true);
        var report = Format1Verifier.Verify(medium, new Format1VerifyOptions { Key = Key });
        Answer(() => FormatOneWalker.Project(bytes, Key));
        foreach (var salvages in (bool[])[false, true])
        {
            using var again = new MemoryMedium(bytes, readOnly: true);
            if (Refuses(() => Read(again, salvages)) && report.IsValid)
            {
                throw new FaultException("The verifier finds the container valid, the reader refuses it.");
            }
        }

        static void Read(MemoryMedium medium, bool salvages)
        {
            using var file = Format1File.Open(medium, new Format1OpenOptions { Key = Key, Salvage = salvages });
            foreach (var entry in file.Entries.Where(entry => entry.Type != EntryType.Directory))
            {
                Answer(() => file.CopyTo(entry, Stream.Null));
            }
        }
    }

    private static void Migrate(byte[] bytes)
    {
        var folder = Directory.CreateTempSubdirectory("cartridge-fuzz-");
        try
        {
            var (old, made) = (Path.Combine(folder.FullName, "old.cart"), Path.Combine(folder.FullName, "new.cart"));
            File.WriteAllBytes(old, bytes);
            if (Refuses(() => Format1Migration.Migrate(old, made, new Format1MigrationOptions { Key = Key, Salvage = true })))
            {
                return;
            }

            using var medium = FileMedium.Open(made, readOnly: true);
            RequireValid(medium, "migrated");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static VerifyReport Verify(byte[] bytes)
    {
        using var medium = new MemoryMedium(bytes, readOnly: true);
        return Verifier.Verify(medium, new VerifyOptions { Codecs = SystemCodecs.All, MaxHashedZeros = MaxHashedZeros });
    }

    private static void RequireValid(IMedium medium, string how)
    {
        var report = Verifier.Verify(medium, new VerifyOptions { Codecs = SystemCodecs.All, MaxHashedZeros = MaxHashedZeros });
        if (report.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
        {
            throw new FaultException($"What was {how} is not valid: {error}");
        }
    }

    private static void Answer(Action action) => _ = Refuses(action);

    /// <summary>Whether an action ends in one of the errors that there is a name for; any other is not dealt with here.</summary>
    private static bool Refuses(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (Exception e) when (e is CartridgeException or WalkException or KaitaiStructError)
        {
            return true;
        }
    }
}
