using System.Buffers;
using System.Security.Cryptography;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Hashes the content of one entry after the other, holes as zeros, and completes the entries with what comes out.</summary>
internal sealed class ContentHash(long maxHoleBytes) : IDisposable
{
    private static readonly byte[] Zeros = new byte[1 << 18];

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _target = new();
    private CatalogEntry? _entry;
    private bool _isWithheld;
    private ulong _position;
    private ulong _holeBytesLeft = (ulong)maxHoleBytes;

    private CatalogEntry Entry => _entry ?? throw new InvalidOperationException("Bytes are hashed between Begin and End.");

    internal void Begin(CatalogEntry entry)
    {
        _entry = entry;
        _position = 0;
        _isWithheld = false;
        _target.ResetWrittenCount();
    }

    /// <summary>Adds bytes at an offset, which is not before the end of the bytes that were added last.</summary>
    internal void Append(ulong start, ReadOnlySpan<byte> bytes)
    {
        if (!_isWithheld)
        {
            AppendHole(start);
            Add(bytes);
        }
    }

    /// <summary>Notes that some of the content cannot be seen: then nothing is said of the rest either.</summary>
    internal void Withhold() => _isWithheld = true;

    /// <summary>Completes the entry.</summary>
    internal void End()
    {
        if (_isWithheld)
        {
            _ = _hash.GetHashAndReset();
            _entry = null;
            return;
        }

        AppendHole(Entry.Size);
        string hash = Convert.ToHexStringLower(_hash.GetHashAndReset());
        ProjectionEntry projection = Entry.Projection;
        bool matches = projection.ContentHash is null || projection.ContentHash == hash;
        Require(matches, "CART-CAT-023", "content.checksum-mismatch", Entry.Page,
            $"'{projection.Path}' has another content than its content hash says");
        Entry.Projection = projection with { Sha256 = hash, Target = IsSymlink ? DecodeTarget() : null };
        _entry = null;
    }

    public void Dispose() => _hash.Dispose();

    private bool IsSymlink => Entry.Projection.Type == "symlink";

    private void AppendHole(ulong end)
    {
        ulong length = end - _position;
        Require(length <= _holeBytesLeft, null, "limit.exceeded", Entry.Page,
            $"'{Entry.Projection.Path}' has a hole of {length} bytes, {_holeBytesLeft} more are allowed");
        _holeBytesLeft -= length;
        for (; length > 0; length = end - _position)
        {
            Add(Zeros.AsSpan(0, (int)Math.Min(length, (ulong)Zeros.Length)));
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _position += (ulong)bytes.Length;
        if (IsSymlink)
        {
            _target.Write(bytes);
        }
    }

    private string DecodeTarget()
    {
        ReadOnlySpan<byte> target = _target.WrittenSpan;
        bool isText = Utf8Text.IsValid(target) && !target.Contains((byte)0);
        Require(isText, "CART-CAT-022", "catalog.bad-record", Entry.Page,
            $"the target of '{Entry.Projection.Path}' is not UTF-8 or has a NUL");
        return Utf8Text.Decode(target);
    }
}
