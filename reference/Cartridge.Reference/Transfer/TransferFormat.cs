namespace Cartridge.Reference;

/// <summary>What a stream carries.</summary>
internal enum TransferKind : byte
{
    /// <summary>All of a state.</summary>
    Full = 1,

    /// <summary>What is different in a state from an earlier one.</summary>
    Delta = 2,
}

/// <summary>What a record of a stream says.</summary>
internal enum TransferRecordType : byte
{
    /// <summary>An entry as it is from now on.</summary>
    Entry = 1,

    /// <summary>A part of the content of the entry before it.</summary>
    Segment = 2,

    /// <summary>An entry that is gone.</summary>
    Removal = 3,

    /// <summary>The end of the stream.</summary>
    End = 4,
}

/// <summary>What becomes of the content that an entry had before.</summary>
internal enum TransferAction : byte
{
    /// <summary>It goes; the segments that follow are all there is.</summary>
    Replace = 1,

    /// <summary>It stays, cut to the new size, but for the segments that follow.</summary>
    Patch = 2,
}

/// <summary>The numbers of chapter 16.</summary>
internal static class TransferFormat
{
    public const ushort Version = 1;

    /// <summary>Content travels in segments of 2^16 bytes.</summary>
    public const int SegmentShift = 16;
    public const int SegmentLength = 1 << SegmentShift;

    public const int HeadLength = TransferHeadFieldLocations.HeadHash + TransferHeadFieldLengths.HeadHash;

    /// <summary>Type and length, which stand before a record's payload.</summary>
    public const int RecordHeadLength = 1 + 4;

    /// <summary>The number of a segment, which stands before its bytes.</summary>
    public const int SegmentNumberLength = 8;

    /// <summary>The shortest entry: no owner, no path, no attributes.</summary>
    public const int MinEntryLength = TransferEntryFieldLocations.Owner + TransferEntryFieldLengths.PathLength + TransferEntryFieldLengths.AttributeCount;

    /// <summary>The longest entry: what a catalog can hold of it, and its path.</summary>
    public const int MaxEntryLength = Format.MaxLongValue + Format.MaxPathLength;

    /// <summary>The number of records before, and the digest of the sum.</summary>
    public const int EndLength = 8 + Format.HashLength;

    /// <summary>The first 8 bytes of a stream.</summary>
    public static ReadOnlySpan<byte> Magic => "CARTSEND"u8;

    /// <summary>The lengths that a payload may have; nothing is reserved for any other.</summary>
    public static (uint Least, uint Most) PayloadLengths(TransferRecordType type) => type switch
    {
        TransferRecordType.Entry => (MinEntryLength, MaxEntryLength),
        TransferRecordType.Segment => (SegmentNumberLength, SegmentNumberLength + SegmentLength),
        TransferRecordType.Removal => (1, Format.MaxPathLength),
        _ => (EndLength, EndLength),
    };
}
