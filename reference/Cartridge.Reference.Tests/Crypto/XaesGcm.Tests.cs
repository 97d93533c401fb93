namespace Cartridge.Reference.Tests;

/// <summary>The construction against the vectors that were published with it (C2SP, XAES-256-GCM).</summary>
public sealed class XaesGcmTests
{
    private const string Nonce = "ABCDEFGHIJKLMNOPQRSTUVWX";

    [Theory]
    [InlineData(1, "c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b")]
    [InlineData(3, "e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8")]
    public void Subkeys_are_the_published_ones(byte key, string subkey)
    {
        using var cipher = new XaesGcm(KeyOf(key));
        var derived = new byte[XaesGcm.KeyLength];
        cipher.DeriveKey(Bytes(Nonce), derived);
        Assert.Equal(subkey, Convert.ToHexStringLower(derived));
    }

    [Theory]
    [InlineData(1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271")]
    [InlineData(3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d")]
    public void Ciphertexts_are_the_published_ones_and_decrypt(byte key, string associated, string expected)
    {
        using var cipher = new XaesGcm(KeyOf(key));
        var plaintext = Bytes("XAES-256-GCM");
        var (ciphertext, tag) = (new byte[plaintext.Length], new byte[XaesGcm.TagLength]);
        cipher.Encrypt(Bytes(Nonce), plaintext, ciphertext, tag, Bytes(associated));
        Assert.Equal(expected, Convert.ToHexStringLower(ciphertext) + Convert.ToHexStringLower(tag));

        var back = new byte[plaintext.Length];
        Assert.True(cipher.TryDecrypt(Bytes(Nonce), ciphertext, tag, back, Bytes(associated)));
        Assert.Equal(plaintext, back);
    }

    /// <summary>The accumulated vector: keys, nonces, plaintexts and associated data out of one SHAKE-128, ciphertexts into another.</summary>
    [Fact]
    public void Ten_thousand_random_messages_give_the_published_sum() =>
        Assert.Equal("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939", Accumulate(10_000));

    [Fact]
    public void Shake_128_is_the_published_one() =>
        Assert.Equal("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26", Convert.ToHexStringLower(new Shake().Read(32)));

    [Theory]
    [InlineData("nonce")]
    [InlineData("ciphertext")]
    [InlineData("tag")]
    [InlineData("associated data")]
    [InlineData("key")]
    public void Any_changed_bit_is_refused_and_gives_nothing_away(string what)
    {
        var parts = new Dictionary<string, byte[]>
        {
            ["key"] = KeyOf(1),
            ["nonce"] = Bytes(Nonce),
            ["ciphertext"] = new byte[40],
            ["tag"] = new byte[XaesGcm.TagLength],
            ["associated data"] = Bytes("where it belongs"),
        };
        using (var cipher = new XaesGcm(parts["key"]))
        {
            cipher.Encrypt(parts["nonce"], new byte[40], parts["ciphertext"], parts["tag"], parts["associated data"]);
        }

        for (var bit = 0; bit < parts[what].Length * 8; bit++)
        {
            parts[what][bit / 8] ^= (byte)(1 << (bit % 8));
            using var cipher = new XaesGcm(parts["key"]);
            var plaintext = Enumerable.Repeat((byte)0xAA, 40).ToArray();
            Assert.False(cipher.TryDecrypt(parts["nonce"], parts["ciphertext"], parts["tag"], plaintext, parts["associated data"]));
            Assert.All(plaintext, value => Assert.Equal(0, value));
            parts[what][bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Threads_may_share_a_cipher()
    {
        using var cipher = new XaesGcm(KeyOf(7));
        Parallel.For(0, 2_000, i =>
        {
            var nonce = new byte[XaesGcm.NonceLength];
            BitConverter.TryWriteBytes(nonce, i);
            byte[] plaintext = [.. Enumerable.Range(0, 100).Select(n => (byte)((n + i) & 0xFF))];
            var (ciphertext, tag, back) = (new byte[100], new byte[XaesGcm.TagLength], new byte[100]);
            cipher.Encrypt(nonce, plaintext, ciphertext, tag, []);
            Assert.True(cipher.TryDecrypt(nonce, ciphertext, tag, back, []));
            Assert.Equal(plaintext, back);
        });
    }

    private static byte[] KeyOf(byte value) => [.. Enumerable.Repeat(value, XaesGcm.KeyLength)];

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static string Accumulate(int iterations)
    {
        var (random, sum) = (new Shake(), new Shake());
        for (var i = 0; i < iterations; i++)
        {
            using var cipher = new XaesGcm(random.Read(XaesGcm.KeyLength));
            var nonce = random.Read(XaesGcm.NonceLength);
            var plaintext = random.Read(random.Read(1)[0]);
            var associated = random.Read(random.Read(1)[0]);
            var (ciphertext, tag, back) = (new byte[plaintext.Length], new byte[XaesGcm.TagLength], new byte[plaintext.Length]);
            cipher.Encrypt(nonce, plaintext, ciphertext, tag, associated);
            Assert.True(cipher.TryDecrypt(nonce, ciphertext, tag, back, associated));
            Assert.Equal(plaintext, back);
            sum.Write(ciphertext);
            sum.Write(tag);
        }

        return Convert.ToHexStringLower(sum.Read(32));
    }

    /// <summary>SHAKE-128 (FIPS 202), for which not every system has a library: Keccak-f[1600] with a rate of 168 bytes.</summary>
    private sealed class Shake
    {
        private const int Rate = 168;

        private static readonly int[] Rotations = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
        private static readonly int[] Lanes = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
        private readonly ulong[] _state = new ulong[25];
        private int _position;
        private bool _reading;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                Mix(_position, value);
                if (++_position == Rate)
                {
                    Permute();
                    _position = 0;
                }
            }
        }

        public byte[] Read(int length)
        {
            if (!_reading)
            {
                Mix(_position, 0x1F);
                Mix(Rate - 1, 0x80);
                Permute();
                (_position, _reading) = (0, true);
            }

            var bytes = new byte[length];
            for (var i = 0; i < length; i++)
            {
                if (_position == Rate)
                {
                    Permute();
                    _position = 0;
                }

                bytes[i] = unchecked((byte)(_state[_position / 8] >> (_position % 8 * 8)));
                _position++;
            }

            return bytes;
        }

        private void Mix(int position, byte value) => _state[position / 8] ^= (ulong)value << (position % 8 * 8);

        private void Permute()
        {
            byte shift = 1;
            var columns = new ulong[5];
            for (var round = 0; round < 24; round++)
            {
                for (var x = 0; x < 5; x++)
                {
                    columns[x] = _state[x] ^ _state[x + 5] ^ _state[x + 10] ^ _state[x + 15] ^ _state[x + 20];
                }

                for (var i = 0; i < 25; i++)
                {
                    _state[i] ^= columns[(i + 4) % 5] ^ ulong.RotateLeft(columns[(i + 1) % 5], 1);
                }

                var lane = _state[1];
                for (var i = 0; i < 24; i++)
                {
                    (lane, _state[Lanes[i]]) = (_state[Lanes[i]], ulong.RotateLeft(lane, Rotations[i]));
                }

                for (var y = 0; y < 25; y += 5)
                {
                    _state.AsSpan(y, 5).CopyTo(columns);
                    for (var x = 0; x < 5; x++)
                    {
                        _state[y + x] = columns[x] ^ (~columns[(x + 1) % 5] & columns[(x + 2) % 5]);
                    }
                }

                // The round constants are bits of a shift register.
                for (var j = 0; j < 7; j++)
                {
                    if ((shift & 1) != 0)
                    {
                        _state[0] ^= 1UL << ((1 << j) - 1);
                    }

                    shift = (byte)(((shift << 1) & 0xFF) ^ ((shift >> 7) * 0x71));
                }
            }
        }
    }
}
