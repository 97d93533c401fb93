using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>What the reader makes of containers that others have written, held against what those others read.</summary>
public class ReaderGoldenTests
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string Many = "0.2.7-bincode/broken/many-pre40-killed-at-write-3.cart";
    private const string Overwritten = "0.2.7-bincode/broken/overwrite-pre5-killed-at-write-3.cart";
    private const string Cut = "0.2.4-json/manymax.cart";

    public static TheoryData<string> Listed => Golden.Listed;

    public static TheoryData<string> Sound => Golden.Sound;

    [Theory]
    [MemberData(nameof(Listed))]
    public void Every_entry_is_read_as_its_writer_reads_it(string name)
    {
        JsonObject expected = Golden.Expected(name);
        using Format1File container = Golden.Open(name, Key);

        Assert.Equal(expected["entries"]!.AsArray().Select(entry => Text(entry!["path"])), container.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));
        foreach (JsonNode? entry in expected["entries"]!.AsArray())
        {
            Format1Entry actual = container.Find(Text(entry!["path"]))!;
            Assert.Equal(Text(entry["type"]), actual.Type == EntryType.SymbolicLink ? "Symlink" : actual.Type.ToString());
            Assert.Equal(Number(entry["size"]), actual.Size);
            Assert.Equal(entry["blocks"]!.AsArray().Select(Number), actual.Blocks);
            Assert.Equal(Number(entry["created_at"]), actual.Created);
            Assert.Equal(Number(entry["modified_at"]), actual.Modified);
            Assert.Equal(Number(entry["permissions"]), actual.Permissions);
            Assert.Equal(Text(entry["owner"]), actual.Owner);
            Assert.Equal(entry["content_type"]?.GetValue<string>(), actual.ContentType);
            Assert.Equal(entry["content_hash"]?.GetValue<string>(), actual.ContentHash is { } hash ? Convert.ToHexStringLower([.. hash]) : null);
            Assert.Equal(
                entry["user_metadata"]!.AsObject().Select(pair => (pair.Key, Text(pair.Value))).Order(),
                actual.UserMetadata.Select(pair => (pair.Key, pair.Value)).Order());
            if (entry["sha256"] is { } sha256)
            {
                Assert.Equal(Text(sha256), Convert.ToHexStringLower(SHA256.HashData(container.Read(actual))));
            }
        }

        JsonNode header = expected["header"]!;
        Assert.Equal(Number(header["total_blocks"]), container.Header.TotalBlocks);
        Assert.Equal(Number(header["free_blocks"]), container.Header.FreeBlocks);
        Assert.Equal(
            (Number(header["s3_versioning"]), Number(header["s3_acl"]), Number(header["s3_sse"])),
            (container.Header.VersioningFuse, container.Header.AclFuse, container.Header.EncryptionFuse));
    }

    /// <summary>A vacuum leaves blocks that the next write takes from their owners; everything else is sound.</summary>
    [Theory]
    [MemberData(nameof(Sound))]
    public void Only_the_vacuumed_one_is_in_danger(string name)
    {
        Format1Report report = Golden.Verify(Golden.Bytes(name));
        IEnumerable<string> errors = report.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => $"{finding.Code} {finding.Owner}").Distinct();
        Assert.Equal(
            name.EndsWith("vacuumed.cart", StringComparison.Ordinal) ? ["space.overlap f/19.bin", "space.overlap f/18.bin", "space.overlap f/17.bin", "space.overlap f/16.bin"] : [],
            errors);
        Assert.All(report.Findings.Where(finding => finding.Severity == Severity.Note), note => Assert.Contains(note.Code.ToString(), (string[])["catalog.bad-path", "space.count-mismatch"]));
    }

    [Fact]
    public void A_catalog_that_was_cut_gives_the_files_before_the_cut()
    {
        Finding finding = Assert.Single(Golden.Verify(Golden.Bytes(Cut)).Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(("CART-ONE-020", 1L), (finding.Requirement, finding.Page));
        Assert.Equal(ErrorCode.BadRecord, Assert.Throws<CartridgeException>(() => Golden.Open(Cut)).Code);

        using Format1File container = Golden.Open(Cut, salvage: true);
        Assert.Equal(19, container.Entries.Count);
        foreach (Format1Entry file in container.Entries.Where(entry => entry.Path.StartsWith("/m/", StringComparison.Ordinal)))
        {
            Assert.Equal(Golden.Generated(int.Parse(file.Path[3..]), 40), container.Read(file));
        }
    }

    [Fact]
    public void A_catalog_whose_pages_were_never_written_gives_the_files_before_them()
    {
        Format1Report report = Golden.Verify(Golden.Bytes(Many));
        Finding first = report.Findings[0];
        Assert.Equal(("CART-ONE-014", 285L), (first.Requirement, first.Page));
        Assert.Equal(
            ["page.out-of-range", "space.overlap", "tree.empty-node"],
            report.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code.ToString()).Distinct().Order());

        // Page 1 is of the new catalog and the page in which it goes on still of the old one: the record that crosses from one to the
        // other is lost, and behind it nothing makes sense. All files before it are whole.
        using Format1File container = Golden.Open(Many, salvage: true);
        Assert.Equal([".cartridge", ".cartridge/manifest.json"], container.Entries.Take(2).Select(entry => entry.Path));
        Assert.Equal(41, container.Entries.Count);
        Assert.Equal(Enumerable.Range(0, 39).Select(i => $"pre/{i:d5}"), Below(container, "pre/").Select(entry => entry.Path));
        Assert.All(Below(container, "pre/"), entry => Assert.Equal(Golden.Generated(int.Parse(entry.Path[4..]), 5000), container.Read(entry)));
    }

    [Fact]
    public void A_writer_killed_before_the_content_leaves_blocks_that_are_free()
    {
        Finding finding = Assert.Single(Golden.Verify(Golden.Bytes(Overwritten)).Findings);
        Assert.Equal((Severity.Error, "CART-ONE-042", 14L, "pre/00000"), (finding.Severity, finding.Requirement, finding.Page!.Value, finding.Owner));

        using Format1File container = Golden.Open(Overwritten);
        Assert.All(Below(container, "pre/").Skip(1), entry => Assert.Equal(Golden.Generated(int.Parse(entry.Path[4..]), 5000), container.Read(entry)));
    }

    [Fact]
    public void An_encrypted_file_needs_its_key()
    {
        using Format1File container = Golden.Open("0.2.7-bincode/encrypted.cart");
        Format1Entry secret = container.Find("secret/a.bin")!;
        Assert.Equal(ErrorCode.MissingKey, Assert.Throws<CartridgeException>(() => container.Read(secret)).Code);
        using Format1File other = Golden.Open("0.2.7-bincode/encrypted.cart", new string('0', 64));
        Assert.Equal(ErrorCode.AuthFailed, Assert.Throws<CartridgeException>(() => other.Read(secret)).Code);
    }

    [Theory]
    [InlineData("0.2.7-bincode/snapshot-case/snap.cart", 80, 307200)]
    [InlineData("0.2.6-json/snapshot-case/snap.cart", 10, 20000)]
    public void A_snapshot_folder_that_holds_pages_is_a_container(string name, int pages, int length)
    {
        using Folder folder = new();
        Golden.UnpackSnapshots(name, folder.Path);
        Format1Snapshot snapshot = Assert.Single(Format1Snapshot.ReadAll(folder.Path, out IReadOnlyList<Finding> findings));
        Assert.Empty(findings);
        Assert.Equal(("v1", "first", pages), (snapshot.Name, snapshot.Description, snapshot.PageCount));

        using Format1File container = snapshot.Open();
        Assert.Equal(Golden.Generated(1, 5000), container.Read(container.Find("a.txt")!));
        Assert.Equal(Golden.Generated(2, length), container.Read(container.Find("b.bin")!));
        Assert.Null(container.Find("c.txt"));
    }

    private static IEnumerable<Format1Entry> Below(Format1File container, string folder) =>
        container.Entries.Where(entry => entry.Path.StartsWith(folder, StringComparison.Ordinal));

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static ulong Number(JsonNode? node) => node!.GetValue<ulong>();
}
