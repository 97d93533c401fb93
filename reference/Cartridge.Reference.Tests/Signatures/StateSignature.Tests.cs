using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cartridge.Codecs;
using Cartridge.Formats.Generated;
using Cartridge.Testing;
using Kaitai;

namespace Cartridge.Reference.Tests;

/// <summary>Signature files: the golden cases, the example of the specification, keys.</summary>
public sealed partial class StateSignatureTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("conformance", "signatures", "cases.json"))).RootElement;

    private static readonly Ed25519 Algorithm = new();

    public static TheoryData<string> Names { get; } = [.. Cases.Select(each => each.GetProperty("id").GetString()!)];

    private static IEnumerable<JsonElement> Cases => Golden.GetProperty("cases").EnumerateArray();

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_case_is_judged_as_it_says(string id)
    {
        var golden = Case(id);
        var expected = golden.GetProperty("expect").GetString()!;
        Assert.Equal(expected, Judge(golden));
        if (expected != "ok")
        {
            // With just its check switched off, nothing is left to refuse it for.
            var requirement = golden.GetProperty("requirements")[0].GetString()!;
            Assert.NotEqual(expected, Judge(golden, requirement));
        }
    }

    /// <summary>Each file is made again from the key and its one fault.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Each_file_is_the_accepted_one_but_for_its_fault(string id)
    {
        var golden = Case(id);
        using var key = SigningKey.FromBytes(Convert.FromHexString(Golden.GetProperty("private_key").GetString()!));
        var file = StateSignature.Sign(StateOf(Case("accepted")), key, Algorithm);
        if (golden.GetProperty("fault") is { ValueKind: JsonValueKind.Object } fault)
        {
            if (fault.TryGetProperty("length", out var length))
            {
                Array.Resize(ref file, length.GetInt32());
            }
            else if (fault.TryGetProperty("offset", out var offset))
            {
                Convert.FromHexString(fault.GetProperty("bytes").GetString()!).CopyTo(file, offset.GetInt32());
                if (fault.GetProperty("signed_again").GetBoolean())
                {
                    byte[] message = [.. "cartridge.spec/state-signature/1"u8, .. file.AsSpan(0, 104)];
                    Algorithm.Sign(key.Bytes, message, file.AsSpan(104));
                }
            }
        }

        Assert.Equal(golden.GetProperty("file").GetString(), Convert.ToHexStringLower(file));
    }

    [Fact]
    public void Every_check_is_broken_by_a_case() => Assert.Equal(
        SpecificationChecks.All.Keys.Where(check => check.StartsWith("CART-SIG-", StringComparison.Ordinal)).Order(),
        Cases.Where(each => each.GetProperty("expect").GetString() != "ok").Select(each => each.GetProperty("requirements")[0].GetString()!).Distinct().Order());

    [Fact]
    public void The_example_of_the_specification_is_right()
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("spec", "13-signatures.md"));
        var values = Block().Match(text).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[..20].Trim(), line => line[20..].Trim());
        using var key = SigningKey.FromBytes(Convert.FromHexString(values["private key"]));
        var state = new SignedState(
            new ContainerId(Convert.FromHexString(values["container id"])),
            ulong.Parse(values["generation"], System.Globalization.CultureInfo.InvariantCulture),
            values["state hash"],
            ContentChecksum.Sha256);
        var file = StateSignature.Sign(state, key, Algorithm);
        Assert.Equal(values["signature file"], Convert.ToHexStringLower(file));
        byte[] message = [.. "cartridge.spec/state-signature/1"u8, .. file.AsSpan(0, 104)];
        Assert.Equal(values["message"], Convert.ToHexStringLower(message));
        Assert.True(Algorithm.Verify(key.GetVerifyingKey(Algorithm).Bytes, message, file.AsSpan(104)));

        var described = new Cartridge3.SignatureFile(new KaitaiStream(file));
        Assert.Equal(state.Generation, described.Generation);
        Assert.Equal(Convert.FromHexString(state.StateHash), described.StateHash);
        Assert.Equal(file.AsSpan(104).ToArray(), described.Signature);
    }

    [Fact]
    public void A_container_with_crc_32c_is_not_signed()
    {
        using var key = SigningKey.Generate();
        var state = new SignedState(ContainerId.NewRandom(), 1, new string('0', 64), ContentChecksum.Crc32C);
        Assert.Equal(ErrorCode.SignatureWeakChecksum, Assert.Throws<CartridgeException>(() => StateSignature.Sign(state, key, Algorithm)).Code);
    }

    [Fact]
    public void Keys_are_read_as_they_are_written_and_never_told()
    {
        using var key = SigningKey.Generate();
        var text = key.ToPem();
        using var again = SigningKey.FromPem(text);
        Assert.Equal(key.Bytes, again.Bytes);
        Assert.DoesNotContain(Convert.ToHexString(key.Bytes), key.ToString(), StringComparison.OrdinalIgnoreCase);
        var verifying = key.GetVerifyingKey(Algorithm);
        Assert.Equal(verifying, VerifyingKey.FromPem(verifying.ToPem()));

        // Each is refused where the other belongs, and so is what is cut or of another algorithm.
        Assert.Throws<CartridgeException>(() => SigningKey.FromPem(verifying.ToPem()));
        Assert.Throws<CartridgeException>(() => VerifyingKey.FromPem(text));
        Assert.Throws<CartridgeException>(() => SigningKey.FromPem(text.AsSpan(0, text.Length / 2)));
        Assert.Throws<CartridgeException>(() => VerifyingKey.FromPem(verifying.ToPem().Replace("MCowBQYDK2Vw", "MCowBQYDK2Vx", StringComparison.Ordinal)));
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.ToPem());
    }

    private static JsonElement Case(string id) => Cases.Single(each => each.GetProperty("id").GetString() == id);

    private static SignedState StateOf(JsonElement golden)
    {
        var state = golden.GetProperty("state");
        return new SignedState(
            new ContainerId(Convert.FromHexString(state.GetProperty("container_id").GetString()!)),
            state.GetProperty("generation").GetUInt64(),
            state.GetProperty("state_hash").GetString()!,
            (ContentChecksum)state.GetProperty("content_checksum").GetInt32());
    }

    private static string Judge(JsonElement golden, params string[] switchedOff)
    {
        var c = new Collector(switchedOff.ToFrozenSet(), 100);
        var key = VerifyingKey.FromBytes(Convert.FromHexString(golden.GetProperty("public_key").GetString()!));
        _ = StateSignature.Check(Convert.FromHexString(golden.GetProperty("file").GetString()!), StateOf(golden), key, Algorithm, c);
        return c.Findings.Count == 0 ? "ok" : Assert.Single(c.Findings).Code.ToString();
    }

    [GeneratedRegex("```cart-signature\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
