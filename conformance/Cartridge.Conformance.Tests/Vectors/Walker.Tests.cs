using System.Buffers;
using System.Security.Cryptography;
using Cartridge.Codecs;
using Cartridge.Conformance.Adapters;
using Cartridge.Formats.Walk;
using Cartridge.Formats.WalkOne;
using Cartridge.Reference;

namespace Cartridge.Conformance.Tests.Vectors;

/// <summary>Two readers that share nothing must say the same of every accepted container, page by page.</summary>
public class WalkerTests
{
    private const int PageSize = 4096;

    // A description ends where a codec's bytes begin, so the walker is handed what decodes them.
    private static readonly WalkOptions Decoding = new()
    {
        WithSnapshots = true,
        Decoder = static (codec, stored, content) =>
            SystemCodecs.All.Single(one => one.Id == codec).Decode(stored, content, out int written) == OperationStatus.Done && written == content.Length,
    };

    public static TheoryData<string> Accepted => Suite.Accepted;

    public static TheoryData<string> AcceptedOfFormatThree =>
        Suite.Ids(vector => vector.Status == "active" && Suite.IsAccepted(vector) && !Suite.IsFormatOne(vector.Id));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void The_walker_gives_the_expected_projection_to_the_byte(string id) =>
        Assert.Equal(Suite.Vectors.Text(id, "expected.json"), Suite.IsFormatOne(id)
            ? FormatOneWalker.Project(Suite.Input(id), FormatOneReader.KeyOf(Suite.Vectors.Case(id).Keys?.ToRequest())?.ToArray())
            : CartridgeWalker.Walk(Suite.Input(id), OptionsFor(id)).Projection.ToJson());

    [Theory]
    [MemberData(nameof(AcceptedOfFormatThree))]
    public void The_walker_and_the_verifier_name_the_same_owner_of_each_page(string id)
    {
        byte[] container = Suite.Input(id);
        using MemoryStream stream = new(container, writable: false);
        using MemoryMedium medium = new(container, readOnly: true);
        VerifyReport report = Verifier.Verify(medium, new VerifyOptions { CollectOwners = true, Codecs = SystemCodecs.All });

        // The walker hashes what it reads; here the hash is of the page in the file, whatever anybody read.
        IEnumerable<(long, string, string?)> expected = report.PageOwners().Select(page =>
            (page.Page, page.Owner, page.Owner == "free" ? null : HashOf(container, (int)page.Page)));
        IEnumerable<PageItem> walked = CartridgeWalker.Walk(container).Layout!.Pages(stream);
        Assert.Equal(expected, walked.Select(page => ((long)page.Page, page.Owner, page.Sha256)));
    }

    private static WalkOptions OptionsFor(string id) =>
        Decoding with { Key = WalkerAdapter.KeyOf(Suite.Vectors.Case(id).Keys?.ToRequest()) };

    private static string HashOf(byte[] container, int page) =>
        Convert.ToHexStringLower(SHA256.HashData(container.AsSpan(page * PageSize, PageSize)));
}
