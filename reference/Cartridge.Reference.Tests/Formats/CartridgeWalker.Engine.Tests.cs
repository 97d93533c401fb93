using System.Security.Cryptography;
using System.Text;
using Cartridge.Codecs;
using Cartridge.Formats.Walk;
using Cartridge.Reference.Tests.Handmade;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>The walker and the engine, which share no line, judge the same containers.</summary>
public class CartridgeWalkerEngineTests
{
    private const int Rounds = 300;

    private static readonly Dictionary<string, Func<byte[]>> Containers = new(Specimens.All)
    {
        ["by hand"] = () => new HandmadeContainer().Build(),
        ["by hand, with CRC-32C"] = () => new HandmadeContainer { Crc = true }.Build(),
        ["by hand, without a map"] = () => new HandmadeContainer { MapKind = 0 }.Build(),
        ["by hand, with its map in a blob"] = () => new HandmadeContainer { MapKind = 2 }.Build(),
    };

    private static readonly Dictionary<string, (string Requirement, Func<byte[]> Build)> Faults =
        HandmadeFaults.All().ToDictionary(fault => $"{fault.Requirement}: {fault.What}", fault => (fault.Requirement, fault.Build));

    public static TheoryData<string> Names { get; } = [.. Containers.Keys];

    public static TheoryData<string> FaultNames { get; } = [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_find_the_same_content(string name)
    {
        byte[] container = Containers[name]();

        WalkOptions options = CartridgeWalkerFaultsTests.OptionsFor(container);
        Assert.Equal(
            ProjectionOfTheEngine(container).ToJson(),
            CartridgeWalker.Walk(container, options with { Decoder = SecondOpinion.Decoding.Decoder }).Projection.ToJson());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_find_the_same_owners(string name)
    {
        byte[] container = Containers[name]();
        using MemoryStream stream = new(container);
        VerifyReport report = Verifier.Verify(new MemoryMedium(container), new VerifyOptions { CollectOwners = true, Codecs = SystemCodecs.All });

        Assert.Empty(report.Findings);
        Assert.Equal(
            report.PageOwners().Select(page => $"{page.Page} {page.Owner}"),
            CartridgeWalker.Walk(container).Layout!.Pages(stream).Select(page => $"{page.Page} {page.Owner}"));
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public void The_engine_finds_the_faults_made_by_hand(string name)
    {
        (string requirement, Func<byte[]> build) = Faults[name];
        byte[] container = build();
        using CartridgeKey? key = (Specimens.IsEncrypted(container) || requirement == "CART-ENC-013") && requirement.StartsWith("CART-ENC", StringComparison.Ordinal) ? Specimens.Key() : null;
        VerifyReport report = Verifier.Verify(new MemoryMedium(container), new VerifyOptions { Key = key });

        // Formats 1 and 2 are named under the check of the version.
        string expected = requirement == "CART-HDR-101" ? "CART-HDR-002" : requirement;
        Assert.False(report.IsValid);
        Assert.Contains(report.Findings, finding => finding.Severity == Severity.Error && finding.Requirement == expected);
    }

    /// <summary>Bytes are changed at random and all hashes put right again, so that every check has to stand alone.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Both_judge_random_changes_alike(string name)
    {
        byte[] sound = Containers[name]();
        VerifyReport before = Verifier.Verify(new MemoryMedium(sound), new VerifyOptions { CollectOwners = true, Codecs = SystemCodecs.All });
        int[] pages = [.. before.PageOwners().Where(HasStructure).Select(page => (int)page.Page)];
        for (int seed = 0; seed < Rounds; seed++)
        {
            byte[] container = [.. sound];
            string changes = Change(container, pages, new Random(seed));
            Mender.Mend(container);

            VerifyReport report = Verifier.Verify(new MemoryMedium(container));
            string engine = report.IsValid ? "sound" : string.Join(", ", report.Findings);
            string walker = Judge(container);
            Assert.True(report.IsValid == (walker == "sound"), $"seed {seed}: {changes}\nengine: {engine}\nwalker: {walker}");
        }
    }

    private static bool HasStructure(PageOwner page) =>
        page.Owner != "free" && !page.Owner.StartsWith("chunk", StringComparison.Ordinal);

    private static string Judge(byte[] container)
    {
        try
        {
            CartridgeWalker.Walk(container, new WalkOptions { MaxHoleBytes = 1 << 24 });
            return "sound";
        }
        catch (WalkException refused)
        {
            // A hole of any length is sound, and only too much work.
            return refused.Requirement is null ? "sound" : refused.Message;
        }
    }

    /// <summary>One to three bytes in pages with structure, mostly where the bytes are not zero.</summary>
    private static string Change(byte[] container, int[] pages, Random random)
    {
        StringBuilder changes = new();
        for (int left = random.Next(1, 4); left > 0; left--)
        {
            int page = pages[random.Next(pages.Length)];
            int[] candidates = [.. Enumerable.Range(0, 20).Select(_ => page * 4096 + random.Next(4096))];
            int offset = candidates.FirstOrDefault(at => container[at] != 0, candidates[0]);
            container[offset] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xFF,
                2 => unchecked((byte)(container[offset] + random.Next(-2, 3))),
                _ => (byte)random.Next(256),
            };
            changes.Append($"page {page}, offset {offset % 4096} = {container[offset]}; ");
        }

        return changes.ToString();
    }

    /// <summary>What the engine's public members say, in the walker's words.</summary>
    private static Projection ProjectionOfTheEngine(byte[] container)
    {
        using CartridgeKey? key = Specimens.IsEncrypted(container) ? Specimens.Key() : null;
        OpenOptions options = new() { ReadOnly = true, Key = key, Codecs = SystemCodecs.All };
        using CartridgeFile file = CartridgeFile.Open(new MemoryMedium(container, readOnly: true), options);
        return new Projection
        {
            Slug = file.Slug,
            Title = file.Title,
            ContainerId = file.Id.ToString(),
            Created = file.Created,
            ContentChecksum = file.ContentChecksum == ContentChecksum.Sha256 ? "sha-256" : "crc-32c",
            Generation = file.Generation,
            StateHash = Convert.ToHexStringLower(file.StateHash()),
            Entries = [.. file.List().Select(entry => Describe(file, entry))],
        };
    }

    private static ProjectionEntry Describe(CartridgeFile file, CartridgeEntry entry)
    {
        string? target = entry.Type == EntryType.SymbolicLink ? file.ReadLink(entry.Path) : null;
        byte[]? content = target is not null ? Encoding.UTF8.GetBytes(target)
            : entry.Type == EntryType.File ? file.Read(entry.Path)
            : null;
        return new ProjectionEntry
        {
            Path = entry.Path,
            Type = entry.Type == EntryType.SymbolicLink ? "symlink" : entry.Type.ToString().ToLowerInvariant(),
            Size = entry.Size,
            Sha256 = content is null ? null : Convert.ToHexStringLower(SHA256.HashData(content)),
            Target = target,
            Mode = entry.Mode,
            Uid = entry.Uid,
            Gid = entry.Gid,
            Owner = entry.Owner,
            Created = entry.Created,
            Modified = entry.Modified,
            ContentHash = entry.ContentHash is null ? null : Convert.ToHexStringLower([.. entry.ContentHash]),
            ContentType = entry.ContentType,
            UserMetadata = [.. entry.UserMetadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)],
            ExtendedAttributes =
            [
                .. entry.ExtendedAttributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.Key, Convert.ToHexStringLower(pair.Value))),
            ],
        };
    }
}
