using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Encoders for vectors: the same bytes on every machine, whatever version of a library it has, or none. They know just enough
/// of each codec to show what a decoder has to know.
/// </summary>
internal static class PlainEncoders
{
    /// <summary>Both of them.</summary>
    public static readonly IReadOnlyList<IContentCodec> All = [new Lz4(), new Zstandard()];

    /// <summary>Lines of a log, of which libzstd made the recorded frame.</summary>
    public static byte[] Log(int length)
    {
        StringBuilder lines = new();
        for (int i = 0; lines.Length < length; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{i:d5} {i * 7919 % 1000:d3} everything is fine\n");
        }

        return Encoding.ASCII.GetBytes(lines.ToString(0, length));
    }

    /// <summary>Bytes that end in a long run of one byte, for the frame that is made by hand.</summary>
    public static byte[] Run(int length) => [.. Encoding.ASCII.GetBytes("a head, then only zeds: "), .. Enumerable.Repeat((byte)'z', length - 24)];

    /// <summary>Greedy matching over the last place of each four bytes.</summary>
    private sealed class Lz4 : IContentCodec
    {
        private const int MinMatch = 4;
        private const int LastLiterals = 5;
        private const int MatchLimit = 12;

        public byte Id => CodecId.Lz4;

        public bool IsAvailable => true;

        public int Encode(ReadOnlySpan<byte> content, Span<byte> destination, int level)
        {
            List<byte> block = [];
            Dictionary<uint, int> places = [];
            int literals = 0;
            for (int at = 0; at < content.Length - MatchLimit;)
            {
                uint four = BinaryPrimitives.ReadUInt32LittleEndian(content[at..]);
                bool isKnown = places.TryGetValue(four, out int from) && at - from <= ushort.MaxValue;
                places[four] = at;
                if (!isKnown)
                {
                    at++;
                    continue;
                }

                int match = content[at..^LastLiterals].CommonPrefixLength(content[from..]);
                Sequence(block, content[literals..at], at - from, match);
                at += match;
                literals = at;
            }

            Sequence(block, content[literals..], 0, 0);
            bool fits = block.Count <= destination.Length;
            (fits ? block : []).ToArray().CopyTo(destination);
            return fits ? block.Count : 0;
        }

        public OperationStatus Decode(ReadOnlySpan<byte> stored, Span<byte> destination, out int written) =>
            SystemCodecs.All.Single(codec => codec.Id == Id).Decode(stored, destination, out written);

        private static void Sequence(List<byte> block, ReadOnlySpan<byte> literals, int offset, int match)
        {
            int extra = match == 0 ? 0 : match - MinMatch;
            block.Add((byte)((Math.Min(literals.Length, 15) << 4) | Math.Min(extra, 15)));
            AddLength(block, literals.Length);
            block.AddRange(literals);
            if (match > 0)
            {
                block.AddRange([(byte)(offset & 0xFF), (byte)(offset >> 8)]);
                AddLength(block, extra);
            }
        }

        private static void AddLength(List<byte> block, int length)
        {
            for (length -= 15; length >= 0; length -= byte.MaxValue)
            {
                block.Add((byte)Math.Min(length, byte.MaxValue));
            }
        }
    }

    /// <summary>One frame that libzstd made, and one form of frame by hand.</summary>
    private sealed class Zstandard : IContentCodec
    {
        /// <summary>The first 9,000 bytes of the log, by libzstd 1.5.4 at level 19.</summary>
        private const string Recorded =
        "KLUv/WAoIpUZACplvAsWkCfFHICLa0f7H3e3c3d3d3eZFa+zE7oAswCzAId90GJJkqMz9yLolKRxrj4q22russDpEh+8XLJ6lOJaiJzSGQfnI6OtqC4Tm673"
        + "IN6Shkcrb8X0lIhxMj462armsqHpoh7MWvLsqN2lIDxFcpz2I+xWFpeRTCfzYGlJpKNXd6LslLlxAj9K3Orysup0Ew+GLJlyFOdKGJ1CNY7YR72t8C4znI7y"
        + "QemSjaMZN+LklJpxhj6K2irrsrPp6h4cXDLyaFuAgaAQsEFhAYLCwEFCwYAw3Pa2bYNoS9odLbwVk6dEx8l+dLFVyWUz0wU9mLTk1VGzS0F3iuA4zY8wt7Je"
        + "RjGdyIOdJXGOHt2JqlPGxon7KG+rw8sqp5s+GLFkxlGUK2FzCtE4Uh/VtkK7zG46wgcll2yPZm/ExSkl48x8FLRV0mVX05U9OLdk4NHmbQTmKdZxKD4S2apz"
        + "Gc50Rg9SLSl2NO5m5J1yOE7lR9OtIi7LmO7kwZolh45KXYzaKWjj2H1EuJXkZe0US6IcvbkTRadMjRP2UdpWd5cVTjf5YHTJ7FGMK2FyCs04Qh+1tsK6zGw6"
        + "ugcFl2wezbwR11Mqxhn5KGarnMuOpqt6cGzJuKPFWwnEUyzHoX4ksVXlMpTpbB4kWlLqaNjNSDvlbpzCjya3il6Wne7iwZIlZ44KXYzWKVjjmH1Et5XgZc3p"
        + "MB+0LklxdORexJySM87RR1VbjV0WN13eg4dLVh6lXguJUyrjoHxksxXRZVLT1Q438UZcnlIdZ+KjkK1SLruZrujBqSXDjvZuJ/BOMRyH8iPpVo3LMKYzeZBm"
        + "SaGjUTcj65Szceo+Gtwq8rLM6a4PViw5clTmYpROQRrH6iOyreQuK06H+KDlktSjE/ci5JSUcW4+Ktpq6rKw6dIevFuy8CjltZCe0hgH4yOTrWguE5qu9SDW"
        + "kmZH627F4CmR42R+dN2q4rKR6WIezFny6KjVpSA7RW6c4keIW1leRp1O4sFKgTWoEZxu+2/hbwYR/D+C8QMtGIoO3JGPPvroIx999MVQ5MAdffRRjz766KMv"
        + "DEUH7ugjH3300Uc+2owGTlUF";

        private const int RecordedLength = 9000;
        private const int MaxBlock = 128 << 10;

        public byte Id => CodecId.Zstandard;

        public bool IsAvailable => true;

        public int Encode(ReadOnlySpan<byte> content, Span<byte> destination, int level)
        {
            byte[] frame = content.SequenceEqual(Log(RecordedLength)) ? Convert.FromBase64String(Recorded) : ByHand(content);
            bool fits = frame.Length <= destination.Length;
            (fits ? frame : []).CopyTo(destination);
            return fits ? frame.Length : 0;
        }

        public OperationStatus Decode(ReadOnlySpan<byte> stored, Span<byte> destination, out int written) =>
            SystemCodecs.All.Single(codec => codec.Id == Id).Decode(stored, destination, out written);

        /// <summary>No content size, a window of 8 MiB, dictionary 0, which is none; a raw block, and one that repeats the last byte.</summary>
        private static byte[] ByHand(ReadOnlySpan<byte> content)
        {
            int run = content.Length - 1 - content.LastIndexOfAnyExcept(content[^1]);
            ReadOnlySpan<byte> head = content[..^run];
            return run > MaxBlock || head.Length > MaxBlock
                ? new byte[content.Length]
                : [0x28, 0xB5, 0x2F, 0xFD, 0x01, 0x68, 0, .. Header(head.Length, 0, isLast: false), .. head, .. Header(run, 1, isLast: true), content[^1]];
        }

        private static byte[] Header(int length, int type, bool isLast)
        {
            int fields = (isLast ? 1 : 0) | (type << 1) | (length << 3);
            return [(byte)(fields & 0xFF), (byte)((fields >> 8) & 0xFF), (byte)(fields >> 16)];
        }
    }
}
