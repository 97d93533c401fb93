using Cartridge.Formats.Walk;
using Cartridge.Reference.Tests.Handmade;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

public class CartridgeWalkerFaultsTests
{
    /// <summary>These decide which record carries the state, and reject nothing by themselves; 014 is a note.</summary>
    private static readonly string[] NotFaults = [.. Enumerable.Range(1, 9).Append(14).Select(number => $"CART-COM-{number:d3}")];

    private static readonly Dictionary<string, Func<byte[]>> Faults =
        HandmadeFaults.All().ToDictionary(fault => $"{fault.Requirement}: {fault.What}", fault => fault.Build);

    public static TheoryData<string> Names { get; } = [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_fault_is_found_and_named(string name)
    {
        byte[] container = Faults[name]();
        string requirement = name[..name.IndexOf(':', StringComparison.Ordinal)];
        (string code, string phase) = SpecificationChecks.All.GetValueOrDefault(requirement, ("container.unsupported-version", "open"));

        WalkException found = Assert.Throws<WalkException>(() => CartridgeWalker.Walk(container, OptionsFor(container, requirement == "CART-ENC-013")));
        Assert.Equal((requirement, code, phase), (found.Requirement, found.Code, found.Phase.ToString().ToLowerInvariant()));
        Assert.True(found.Page is null || found.Page < (ulong)Math.Max(container.Length / Format.PageSize, HandmadeContainer.TotalBlocks));
    }

    /// <summary>The specimens' key, where there is need of one.</summary>
    internal static WalkOptions OptionsFor(byte[] container, bool isExpected = false)
    {
        using CartridgeKey key = Specimens.Key();
        return new() { Key = Specimens.IsEncrypted(container) || isExpected ? new WalkKey(false, key.Secret.ToArray()) : null };
    }

    /// <summary>But for what only decoding shows: the walker ends where stored bytes begin.</summary>
    [Fact]
    public void Every_check_of_the_specification_has_its_fault()
    {
        IEnumerable<string> broken = HandmadeFaults.All().Select(fault => fault.Requirement);
        Assert.All(SpecificationChecks.All.Keys.Except(broken).Except(NotFaults), check => Assert.Matches("^CART-(COD|ONE|SIG|TRF)-", check));
    }

    public static TheoryData<string, int, byte> Unproven { get; } = new()
    {
        { "CART-COM-001: type", 0, 2 },
        { "CART-COM-003: type again", 33, 2 },
        { "CART-COM-004: reserved bytes", 34, 1 },
        { "CART-COM-005: container prefix", 40, 0xFF },
        { "CART-COM-006: page number", 48, 2 },
        { "CART-COM-007: birth", 56, 1 },
        { "CART-COM-008: container id", 95, 0xFF },
        { "CART-COM-009: parity", 64, 3 },
    };

    [Theory]
    [MemberData(nameof(Unproven))]
    public void A_record_that_does_not_verify_is_passed_over(string requirement, int offset, byte value)
    {
        byte[] container = new HandmadeContainer()
            .Edit(HandmadeContainer.NewestRecord, page =>
            {
                page[offset] = value;
                page[56] = offset == 64 ? value : page[56];
            })
            .Build();

        Assert.True(1ul == CartridgeWalker.Walk(container).Projection.Generation, requirement);
    }

    [Fact]
    public void A_record_with_a_wrong_hash_is_passed_over()
    {
        byte[] container = new HandmadeContainer().Damage(HandmadeContainer.NewestRecord, page => page[1]++).Build();

        Assert.Equal(1ul, CartridgeWalker.Walk(container).Projection.Generation);
    }

    [Fact]
    public void Features_that_are_not_incompatible_do_not_keep_a_reader_out()
    {
        byte[] container = new HandmadeContainer().Edit(HandmadeContainer.NewestRecord, page => page.AsSpan(128, 16).Fill(0xFF)).Build();

        Assert.Equal(2ul, CartridgeWalker.Walk(container).Projection.Generation);
    }
}
