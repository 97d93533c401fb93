using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>Proves one content after the other from its chunks, in order, with zeros where it has holes.</summary>
/// <param name="files">The files.</param>
/// <param name="c">Where faults go.</param>
/// <param name="maxZeros">
/// How many zeros are hashed at most in all: a file may be as long as its record likes without taking any room, and hashing
/// what is not there must end some time.
/// </param>
internal sealed class ContentProof(FileTable files, Collector c, long maxZeros)
{
    private static readonly byte[] Zeros = new byte[64 * 1024];

    private int _file = -1;
    private Hash256 _expected;
    private IncrementalHash? _hash;
    private byte[]? _target;
    private UInt128 _position;
    private long _zerosLeft = maxZeros;
    private bool _spoiled;
    private bool _spoilsNext;

    /// <summary>Begins with a file, unless there is nothing to prove of its content as a whole, or that was done.</summary>
    public void Begin(int file)
    {
        (_spoiled, _spoilsNext) = (_spoilsNext, false);
        var summary = files[file];
        if (summary.Has(FileFacts.Done | FileFacts.Twin) || !summary.Has(FileFacts.ContentHash | FileFacts.Link))
        {
            return;
        }

        files.MarkDone(file);
        _file = file;
        _position = 0;
        _target = summary.Has(FileFacts.Link) ? new byte[(int)Math.Min(summary.Size, Format.MaxLinkTarget)] : null;
        if (summary.Has(FileFacts.ContentHash) && files.ContentHashOf(file) is { } expected)
        {
            _expected = expected;
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Notes that something of this content could not be seen.</summary>
    /// <param name="nextToo">Whether the beginning of the next content may be missing as well.</param>
    public void Spoil(bool nextToo = false)
    {
        _spoiled = true;
        _spoilsNext |= nextToo;
    }

    /// <summary>Goes on with the bytes that stand at a position; what was left out is zero.</summary>
    public void Append(UInt128 start, ReadOnlySpan<byte> bytes)
    {
        if (_file < 0)
        {
            return;
        }

        if (start < _position)
        {
            Spoil(); // Chunks out of order, which was reported.
            return;
        }

        if (_target is not null && start < (UInt128)_target.Length)
        {
            var room = _target.AsSpan((int)start);
            bytes[..Math.Min(bytes.Length, room.Length)].CopyTo(room);
        }

        if (_hash is not null && AppendZeros(start - _position))
        {
            _hash.AppendData(bytes);
        }

        _position = start + (uint)bytes.Length;
    }

    /// <summary>Ends the content and judges it, if all of it was seen.</summary>
    public void End()
    {
        if (_file >= 0)
        {
            Judge();
        }

        _hash?.Dispose();
        _hash = null;
        _target = null;
        _file = -1;
    }

    private void Judge()
    {
        if (_spoiled)
        {
            return;
        }

        c.Subject = new FileName(files, _file);
        var at = files.PlaceOf(_file);
        if (_target is not null)
        {
            LinkTarget.Check(_target, at, c);
        }

        var size = (UInt128)files[_file].Size;
        if (_hash is not null && AppendZeros(size > _position ? size - _position : 0))
        {
            // "The content hash MUST be that of the content."
            var actual = new Hash256(_hash.GetHashAndReset());
            _ = c.Skips(CatalogRule.ContentHash) || actual.Equals(_expected)
                || c.Fault(CatalogRule.ContentHash, at, "the content does not have the recorded hash");
        }
    }

    /// <summary>Hashes zeros, or gives the proof up where there are too many.</summary>
    private bool AppendZeros(UInt128 count)
    {
        if (count > (UInt128)_zerosLeft)
        {
            c.Subject = new FileName(files, _file);
            c.Fault(VerifyRule.TooManyZeros, files.PlaceOf(_file), "the content hash was not checked: the holes in this content are too long", Severity.Warning);
            _hash!.Dispose();
            _hash = null;
            return false;
        }

        _zerosLeft -= (long)count;
        for (var left = (long)count; left > 0; left -= Math.Min(left, Zeros.Length))
        {
            _hash!.AppendData(Zeros, 0, (int)Math.Min(left, Zeros.Length));
        }

        return true;
    }
}
