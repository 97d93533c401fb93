namespace Cartridge.Conformance.Generation;

/// <summary>All vectors of the suite, by chapter: first what must be accepted, then what must not.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Source> All { get; } =
    [
        .. ContainerVectors.All,
        .. CatalogVectors.All,
        .. ContentVectors.All,
        .. SpaceVectors.All,
        .. CodecVectors.All,
        .. EncryptionVectors.All,
        .. SnapshotVectors.All,
        .. CombinedVectors.All,
        .. HeaderFaults.All,
        .. CommitRecordFaults.All,
        .. CommitStateFaults.All,
        .. PageFaults.All,
        .. BlobFaults.All,
        .. TreeFaults.All,
        .. PathFaults.All,
        .. CatalogRecordFaults.All,
        .. AttributeFaults.All,
        .. ContentFaults.All,
        .. SpaceFaults.All,
        .. CodecFaults.All,
        .. InteropVectors.All,
        .. FormatOneFaults.All,
        .. FormatOneEntryFaults.All,
        .. EncryptionFaults.All,
        .. SnapshotFaults.All,
        .. CombinedFaults.All,
    ];
}
