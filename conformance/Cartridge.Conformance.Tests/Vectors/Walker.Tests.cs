using System.Buffers;
using System.Security.Cryptography;
using Cartridge.Codecs;
using Cartridge.Conformance.Adapters;
using Cartridge.Conformance.Spec;
using Cartridge.Conformance.Vectors;
using Cartridge.Formats.Walk;
using Cartridge.Formats.WalkOne;
using Cartridge.Reference;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests.Vectors;

/// <summary>Two readers that share nothing must say the same of every accepted container, page by page.</summary>
public class WalkerTests
{
    private const int PageSize = 4096;

    private static readonly Specification Chapters = Specification.Load(RepositoryRoot.Find());

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

    public static TheoryData<string> RejectedOfFormatOne =>
        Suite.Ids(vector => vector is { Status: "active", Expect.Kind: "reject" } && Suite.IsFormatOne(vector.Id));

    /// <summary>Refusals for the right reason: not only the code, but the requirement, and the phase that the specification gives it.</summary>
    [Theory]
    [MemberData(nameof(RejectedOfFormatOne))]
    public void The_walker_names_the_requirement_that_is_broken(string id)
    {
        VectorCase vector = Suite.Vectors.Case(id);
        byte[]? key = FormatOneReader.KeyOf(vector.Keys?.ToRequest())?.ToArray();
        WalkException fault = Assert.Throws<WalkException>(() => FormatOneWalker.Project(Suite.Input(id), key));
        Check check = Chapters.FindCheck(vector.Requirements[0])!;
        Assert.Equal((check.Id, check.Code, check.Phase), (fault.Requirement, fault.Code, fault.Phase.ToString().ToLowerInvariant()));
    }

    private static WalkOptions OptionsFor(string id) =>
        Decoding with { Key = WalkerAdapter.KeyOf(Suite.Vectors.Case(id).Keys?.ToRequest()) };

    private static string HashOf(byte[] container, int page) =>
        Convert.ToHexStringLower(SHA256.HashData(container.AsSpan(page * PageSize, PageSize)));
}
