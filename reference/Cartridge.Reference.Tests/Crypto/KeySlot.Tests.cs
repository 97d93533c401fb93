namespace Cartridge.Reference.Tests;

/// <summary>Key slots: what opens them, what does not, and what is refused before anything is computed.</summary>
public sealed class KeySlotTests
{
    private static readonly ContainerId Container = new([.. Enumerable.Range(0, 16).Select(i => (byte)i)]);
    private static readonly byte[] Master = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];

    [Fact]
    public void A_slot_opens_with_its_key_and_no_other()
    {
        using var key = CartridgeKey.Generate();
        using var other = CartridgeKey.Generate();
        var area = AreaWith(KeyWrapping.Wrap(Master, key, 0, Container, StrongRandom.Fill), 5);
        var master = new byte[32];
        Assert.Equal(5, KeyWrapping.Unwrap(area, default, key, Container, master, new StrictChecker()));
        Assert.Equal(Master, master);
        Assert.Equal(ErrorCode.WrongKey, Assert.Throws<CartridgeException>(() => Unwrap(area, other)).Code);
    }

    [Fact]
    public void A_passphrase_opens_its_slot()
    {
        using var key = CartridgeKey.FromPassphrase("caf\u00e9");
        var slot = KeyWrapping.Wrap(Master, key, KeySlot.MinRounds, Container, StrongRandom.Fill);
        Assert.Equal(((uint)KeySlot.MinRounds, KeySlotKind.Passphrase), (slot.Rounds, slot.Kind));
        Assert.Equal(0, Unwrap(AreaWith(slot, 0), key));
    }

    [Fact]
    public void A_passphrase_is_the_same_however_its_letters_are_composed_or_is_refused()
    {
        using var composed = CartridgeKey.FromPassphrase("caf\u00e9");
        if (CartridgeKey.CanNormalize)
        {
            using var decomposed = CartridgeKey.FromPassphrase("cafe\u0301");
            Assert.Equal(composed.Secret.ToArray(), decomposed.Secret.ToArray());
        }
        else
        {
            Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => CartridgeKey.FromPassphrase("cafe\u0301")).Code);
        }

        Assert.Equal("caf\u00e9"u8.ToArray(), composed.Secret.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_raw_key_has_32_bytes(int length) =>
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => CartridgeKey.FromBytes(new byte[length])).Code);

    [Theory]
    [InlineData("")]
    [InlineData("\ud800")]
    [InlineData("x\udc00y")]
    public void A_passphrase_is_text(string passphrase) =>
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => CartridgeKey.FromPassphrase(passphrase)).Code);

    [Fact]
    public void A_passphrase_has_an_end()
    {
        using var longest = CartridgeKey.FromPassphrase(new string('x', CartridgeKey.MaxPassphraseLength));
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => CartridgeKey.FromPassphrase(new string('x', CartridgeKey.MaxPassphraseLength + 1))).Code);
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => CartridgeKey.FromPassphrase(new string('\u00e9', CartridgeKey.MaxPassphraseLength / 2 + 1))).Code);
    }

    [Fact]
    public void A_disposed_key_is_gone()
    {
        var key = CartridgeKey.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Secret.Length);
    }

    [Fact]
    public void A_key_tells_what_it_is_and_not_what_it_says()
    {
        using var key = CartridgeKey.FromPassphrase("secret");
        Assert.Equal("a passphrase", key.ToString());
    }

    [Fact]
    public void Any_changed_bit_of_a_slot_is_refused()
    {
        using var key = CartridgeKey.Generate();
        var area = AreaWith(KeyWrapping.Wrap(Master, key, 0, Container, StrongRandom.Fill), 0);
        for (var bit = 0; bit < KeySlot.Length * 8; bit++)
        {
            area[bit / 8] ^= (byte)(1 << (bit % 8));
            var code = Assert.Throws<CartridgeException>(() =>
            {
                KeySlot.Check(area, default, new StrictChecker());
                Unwrap(area, key);
            }).Code;
            Assert.Contains(code, new[] { ErrorCode.WrongKey, ErrorCode.AuthFailed, ErrorCode.BadParameters, ErrorCode.ReservedNonzero });
            area[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_slot_of_another_container_is_refused()
    {
        using var key = CartridgeKey.Generate();
        var area = AreaWith(KeyWrapping.Wrap(Master, key, 0, ContainerId.NewRandom(), StrongRandom.Fill), 0);
        Assert.Equal(ErrorCode.AuthFailed, Assert.Throws<CartridgeException>(() => Unwrap(area, key)).Code);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 600_000)]
    [InlineData(2, 0)]
    [InlineData(2, 599_999)]
    [InlineData(2, 2_000_001)]
    [InlineData(2, uint.MaxValue)]
    public void Absurd_costs_are_refused_before_anything_is_computed(byte kind, uint rounds)
    {
        var area = new byte[KeySlot.AreaLength];
        area[0] = kind;
        BitConverter.TryWriteBytes(area.AsSpan(KeySlotFieldLocations.Rounds), rounds);
        var checks = Assert.Throws<CartridgeException>(() => KeySlot.Check(area, default, new StrictChecker()));
        Assert.Equal((ErrorCode.BadParameters, "CART-ENC-003"), (checks.Code, checks.Finding!.Requirement));
    }

    [Fact]
    public void An_encrypted_container_that_nobody_can_open_is_refused() =>
        Assert.Equal("CART-ENC-004", Assert.Throws<CartridgeException>(() => KeySlot.Check(new byte[KeySlot.AreaLength], default, new StrictChecker())).Finding!.Requirement);

    [Fact]
    public void Keys_of_two_containers_and_of_two_purposes_differ()
    {
        var keys = new List<string>();
        foreach (var salt in new byte[][] { new byte[16], [.. Enumerable.Repeat((byte)1, 16)] })
        {
            foreach (var label in new[] { KeyDerivation.ContentLabel.ToArray(), KeyDerivation.RecordLabel.ToArray(), KeyDerivation.WrapLabel.ToArray(), KeyDerivation.CommitmentLabel.ToArray() })
            {
                var derived = new byte[32];
                KeyDerivation.Derive(Master, salt, label, derived);
                keys.Add(Convert.ToHexString(derived));
            }
        }

        Assert.Equal(8, keys.Distinct().Count());
    }

    private static int Unwrap(byte[] area, CartridgeKey key) => KeyWrapping.Unwrap(area, default, key, Container, new byte[32], new StrictChecker());

    private static byte[] AreaWith(KeySlot slot, int number)
    {
        var area = new byte[KeySlot.AreaLength];
        slot.Write(KeySlot.In(area.AsSpan(), number));
        return area;
    }
}
