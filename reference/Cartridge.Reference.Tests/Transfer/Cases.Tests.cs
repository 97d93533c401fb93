using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Cartridge.Formats.Walk;
using Cartridge.Formats.WalkStream;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>The golden streams: accepted ones, and one fault each.</summary>
public sealed class TransferCasesTests
{
    private static readonly Dictionary<string, JsonElement> Cases =
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("conformance", "transfer", "cases.json"))).RootElement
            .GetProperty("cases").EnumerateArray().ToDictionary(each => each.GetProperty("id").GetString()!);

    public static TheoryData<string> Accepted { get; } = [.. Cases.Keys.Where(IsAccepted)];

    public static TheoryData<string> Refused { get; } = [.. Cases.Keys.Where(id => !IsAccepted(id))];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void An_accepted_stream_gives_what_it_says(string id)
    {
        var golden = Cases[id];
        using var container = Base(golden);
        var summary = container.Receive(new MemoryStream(StreamOf(golden)));
        Assert.Equal(golden.GetProperty("result_digest").GetString(), Convert.ToHexStringLower(summary.Sum.Digest()));
        Assert.Equal(golden.GetProperty("result_digest").GetString(), Convert.ToHexStringLower(container.SumContent().Digest()));
        Assert.Equal(golden.GetProperty("content_digest").GetString(), Material.Digest(container));
        var walked = StreamWalker.Walk(StreamOf(golden));
        Assert.Equal((summary.IsFull, (int)summary.Entries, (int)summary.Removals), (walked.IsFull, walked.Entries.Count, walked.Removals.Count));
        Assert.Equal(golden.GetProperty("result_digest").GetString(), walked.ResultDigest);
        if (walked.IsFull)
        {
            Assert.Equal(StreamOf(golden), Material.Stream(container));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_stream_with_a_fault_is_refused_for_it_and_changes_nothing(string id)
    {
        var golden = Cases[id];
        var requirement = golden.GetProperty("requirements")[0].GetString()!;
        using var container = Base(golden);
        var (before, generation) = (Material.Content(container), container.Generation);
        var refusal = Assert.Throws<CartridgeException>(() => container.Receive(new MemoryStream(StreamOf(golden))));
        Assert.Equal((golden.GetProperty("expect").GetString(), requirement), (refusal.Code.ToString(), refusal.Finding!.Requirement));
        Assert.Equal((before, generation), (Material.Content(container), container.Generation));

        // With just its check switched off, it is not refused for it.
        using var blind = Base(golden);
        try
        {
            blind.Receive(new MemoryStream(StreamOf(golden)), null, null, new OneRuleLess(requirement));
        }
        catch (CartridgeException other)
        {
            Assert.NotEqual(requirement, other.Finding?.Requirement);
        }
    }

    /// <summary>The walker sees what can be seen without the container.</summary>
    [Theory]
    [MemberData(nameof(Refused))]
    public void The_walker_refuses_it_as_well(string id)
    {
        var golden = Cases[id];
        string[] unseen = ["CART-TRF-012", "CART-TRF-021", "CART-TRF-022", "CART-TRF-023", "CART-CAT-004", "CART-CAT-013", "CART-CAT-022"];
        var requirement = golden.GetProperty("requirements")[0].GetString()!;
        if (unseen.Contains(requirement))
        {
            return;
        }

        var refusal = Assert.Throws<WalkException>(() => StreamWalker.Walk(StreamOf(golden)));
        Assert.Equal((golden.GetProperty("expect").GetString(), requirement), (refusal.Code, refusal.Requirement));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Each_is_an_accepted_one_but_for_its_fault(string id)
    {
        var golden = Cases[id];
        Assert.Equal(Convert.ToHexStringLower(WithFault(golden.GetProperty("fault"))), golden.GetProperty("stream").GetString());
    }

    [Fact]
    public void Every_check_is_broken_by_a_case() => Assert.Equal(
        SpecificationChecks.All.Keys.Where(check => check.StartsWith("CART-TRF-", StringComparison.Ordinal)).Order(),
        Cases.Values.Select(each => each.GetProperty("requirements")[0].GetString()!).Where(id => id.StartsWith("CART-TRF-0", StringComparison.Ordinal)).Distinct().Order());

    private static bool IsAccepted(string id) => Cases[id].GetProperty("expect").GetString() == "ok";

    private static byte[] StreamOf(JsonElement golden) => Convert.FromHexString(golden.GetProperty("stream").GetString()!);

    private static CartridgeFile Base(JsonElement golden)
    {
        var container = Material.Empty();
        if (golden.GetProperty("base").GetString() is { } name)
        {
            container.Receive(new MemoryStream(StreamOf(Cases[name])));
        }

        return container;
    }

    /// <summary>An accepted stream with a fault, and everything mended that would show it otherwise: head hash, chain, record count.</summary>
    private static byte[] WithFault(JsonElement fault)
    {
        var stream = StreamOf(Cases[fault.GetProperty("of").GetString()!]);
        int Number(string name) => fault.GetProperty(name).GetInt32();
        byte[] Bytes() => Convert.FromHexString(fault.GetProperty("bytes").GetString()!);
        switch (fault.GetProperty("kind").GetString())
        {
            case "none":
                return stream;
            case "length":
                return stream[..Number("length")];
            case "append":
                return [.. stream, .. Bytes()];
            case "flip":
                stream[Number("offset")] ^= 1;
                return stream;
            case "head":
                Bytes().CopyTo(stream, Number("offset"));
                return Mended(stream[..TransferHeadFieldLocations.HeadHash], RecordsOf(stream), counts: true);
            case "patch":
                var patched = RecordsOf(stream);
                Bytes().CopyTo(patched[Number("record")], Number("offset"));
                return Mended(stream[..TransferHeadFieldLocations.HeadHash], patched, counts: Number("record") < patched.Count - 1);
            case var kind:
                var (records, at) = (RecordsOf(stream), Number("record"));
                if (kind == "swap")
                {
                    (records[at], records[at + 1]) = (records[at + 1], records[at]);
                }
                else if (kind == "insert")
                {
                    records.Insert(at, Bytes());
                }
                else
                {
                    records[at] = Bytes();
                }

                return Mended(stream[..TransferHeadFieldLocations.HeadHash], records, counts: true);
        }
    }

    private static List<byte[]> RecordsOf(byte[] stream)
    {
        List<byte[]> records = [];
        for (var at = TransferFormat.HeadLength; at < stream.Length; at += records[^1].Length + Format.HashLength)
        {
            records.Add(stream[at..(at + TransferFormat.RecordHeadLength + BinaryPrimitives.ReadInt32LittleEndian(stream.AsSpan(at + 1)))]);
        }

        return records;
    }

    private static byte[] Mended(byte[] head, List<byte[]> records, bool counts)
    {
        if (counts)
        {
            BinaryPrimitives.WriteInt64LittleEndian(records[^1].AsSpan(TransferFormat.RecordHeadLength), records.Count - 1);
        }

        var chain = SHA256.HashData(head);
        List<byte> stream = [.. head, .. chain];
        foreach (var record in records)
        {
            chain = SHA256.HashData([.. chain, .. record]);
            stream.AddRange([.. record, .. chain]);
        }

        return [.. stream];
    }

    /// <summary>The engine's own checker, but for one rule.</summary>
    private sealed class OneRuleLess(string requirement) : Checker
    {
        public override bool Skips(Rule rule) => rule.Id == requirement;

        public override bool Fault(Rule rule, Place place, string message, Severity severity = Severity.Error) =>
            throw new CartridgeException(Describe(rule, place, message, severity));
    }
}
