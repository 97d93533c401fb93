namespace Cartridge.Reference;

/// <summary>
/// What is wrong, as implementers in any language compare it: a class (the phase in which a reader notices) and a name
/// within it, written <c>class.name</c> (spec/01-conventions.md, "Errors"). Messages are for people and never compared.
/// </summary>
/// <param name="Class">The phase: container, page, tree, catalog, content, space, codec, crypto, snapshot, signature, transfer, limit or api.</param>
/// <param name="Name">The error within the class.</param>
public readonly record struct ErrorCode(string Class, string Name)
{
    /// <summary>The file does not begin with the magic number.</summary>
    public static readonly ErrorCode BadMagic = new("container", "bad-magic");

    /// <summary>A version of the format that this edition does not describe.</summary>
    public static readonly ErrorCode UnsupportedVersion = new("container", "unsupported-version");

    /// <summary>A block size other than 4096.</summary>
    public static readonly ErrorCode BadBlockSize = new("container", "bad-block-size");

    /// <summary>The file is shorter than its own records say.</summary>
    public static readonly ErrorCode Truncated = new("container", "truncated");

    /// <summary>The container needs a feature that this reader does not have.</summary>
    public static readonly ErrorCode UnknownFeature = new("container", "unknown-feature");

    /// <summary>Neither commit record gives a state.</summary>
    public static readonly ErrorCode NoValidCommit = new("container", "no-valid-commit");

    /// <summary>The hash of a page is not the one recorded.</summary>
    public static readonly ErrorCode PageChecksumMismatch = new("page", "checksum-mismatch");

    /// <summary>A page is of another type than its place demands.</summary>
    public static readonly ErrorCode BadPageType = new("page", "bad-type");

    /// <summary>Bytes that must be zero are not.</summary>
    public static readonly ErrorCode ReservedNonzero = new("page", "reserved-nonzero");

    /// <summary>A field holds a value that its place does not allow.</summary>
    public static readonly ErrorCode OutOfRange = new("page", "out-of-range");

    /// <summary>One block has two owners.</summary>
    public static readonly ErrorCode ClaimedTwice = new("page", "claimed-twice");

    /// <summary>Keys are not in ascending order.</summary>
    public static readonly ErrorCode Unsorted = new("tree", "unsorted");

    /// <summary>The same key occurs twice.</summary>
    public static readonly ErrorCode DuplicateKey = new("tree", "duplicate-key");

    /// <summary>A node stands on another level than its parent says.</summary>
    public static readonly ErrorCode BadLevel = new("tree", "bad-level");

    /// <summary>A node without cells.</summary>
    public static readonly ErrorCode EmptyNode = new("tree", "empty-node");

    /// <summary>A cell that cannot be taken apart.</summary>
    public static readonly ErrorCode BadCell = new("tree", "bad-cell");

    /// <summary>A tree holds another number of entries than its reference says.</summary>
    public static readonly ErrorCode TreeCountMismatch = new("tree", "count-mismatch");

    /// <summary>A path that no container may hold.</summary>
    public static readonly ErrorCode BadPath = new("catalog", "bad-path");

    /// <summary>A catalog record that cannot be right.</summary>
    public static readonly ErrorCode BadRecord = new("catalog", "bad-record");

    /// <summary>Content that belongs to no file.</summary>
    public static readonly ErrorCode ContentOrphan = new("content", "orphan");

    /// <summary>Content that is recorded twice.</summary>
    public static readonly ErrorCode ContentOverlap = new("content", "overlap");

    /// <summary>Lengths of content that contradict each other.</summary>
    public static readonly ErrorCode ContentSizeMismatch = new("content", "size-mismatch");

    /// <summary>Content whose checksum is not the one recorded.</summary>
    public static readonly ErrorCode ContentChecksumMismatch = new("content", "checksum-mismatch");

    /// <summary>The free map claims a block that is in use, or one block twice.</summary>
    public static readonly ErrorCode SpaceOverlap = new("space", "overlap");

    /// <summary>A block that nothing reaches and the free map does not list.</summary>
    public static readonly ErrorCode SpaceLeak = new("space", "leak");

    /// <summary>The count of free blocks is wrong.</summary>
    public static readonly ErrorCode SpaceCountMismatch = new("space", "count-mismatch");

    /// <summary>The free map dates a block wrongly, so that it could be reused too early.</summary>
    public static readonly ErrorCode StaleMap = new("space", "stale-map");

    /// <summary>A codec that this edition does not define.</summary>
    public static readonly ErrorCode UnknownCodec = new("codec", "unknown");

    /// <summary>A codec that is defined, but that this program does not have at hand.</summary>
    public static readonly ErrorCode CodecUnavailable = new("codec", "unavailable");

    /// <summary>Encoded content that its codec cannot decode.</summary>
    public static readonly ErrorCode BadStream = new("codec", "bad-stream");

    /// <summary>Encoded content that is shorter, or says that it is of another length, than its reference says.</summary>
    public static readonly ErrorCode CodecSizeMismatch = new("codec", "size-mismatch");

    /// <summary>Encoded content that goes on beyond the length that its reference says.</summary>
    public static readonly ErrorCode CodecBomb = new("codec", "bomb");

    /// <summary>Bytes behind the end of an encoded content.</summary>
    public static readonly ErrorCode TrailingBytes = new("codec", "trailing-bytes");

    /// <summary>A key of the system tree that this edition does not define.</summary>
    public static readonly ErrorCode SnapshotBadKey = new("snapshot", "bad-key");

    /// <summary>A snapshot's record that cannot be right.</summary>
    public static readonly ErrorCode SnapshotBadRecord = new("snapshot", "bad-record");

    /// <summary>A name that no snapshot may have.</summary>
    public static readonly ErrorCode SnapshotBadName = new("snapshot", "bad-name");

    /// <summary>Two snapshots have the same name.</summary>
    public static readonly ErrorCode SnapshotDuplicateName = new("snapshot", "duplicate-name");

    /// <summary>A snapshot is named as parent or base and does not exist.</summary>
    public static readonly ErrorCode SnapshotMissing = new("snapshot", "missing");

    /// <summary>A block is older than a snapshot that does not have it, so that nobody would know when to free it.</summary>
    public static readonly ErrorCode SnapshotNotShared = new("snapshot", "not-shared");

    /// <summary>The content is encrypted, and no key was given.</summary>
    public static readonly ErrorCode MissingKey = new("crypto", "missing-key");

    /// <summary>The key opens none of the container's key slots.</summary>
    public static readonly ErrorCode WrongKey = new("crypto", "wrong-key");

    /// <summary>What was encrypted or authenticated under the container's key has been changed, or stands in another place.</summary>
    public static readonly ErrorCode AuthFailed = new("crypto", "auth-failed");

    /// <summary>Protection that a key's owner must find is not there.</summary>
    public static readonly ErrorCode Downgraded = new("crypto", "downgraded");

    /// <summary>A parameter of the encryption has a value that no sound container has.</summary>
    public static readonly ErrorCode BadParameters = new("crypto", "bad-parameters");

    /// <summary>The container is in another state than the one that was asked for or signed, or is another container.</summary>
    public static readonly ErrorCode OtherState = new("container", "other-state");

    /// <summary>A file that is no signature file.</summary>
    public static readonly ErrorCode SignatureBadFile = new("signature", "bad-file");

    /// <summary>A signature file of a version, or with an algorithm, that this edition does not define.</summary>
    public static readonly ErrorCode SignatureUnsupported = new("signature", "unsupported");

    /// <summary>A signature that was made with another key.</summary>
    public static readonly ErrorCode SignatureWrongKey = new("signature", "wrong-key");

    /// <summary>A signature that is not that of what it claims to sign.</summary>
    public static readonly ErrorCode SignatureInvalid = new("signature", "invalid");

    /// <summary>A container whose state hash authenticates no content, since that is guarded by CRC-32C: it cannot be signed.</summary>
    public static readonly ErrorCode SignatureWeakChecksum = new("signature", "weak-checksum");

    /// <summary>Bytes that are no stream of content, or one that contradicts itself.</summary>
    public static readonly ErrorCode TransferBadStream = new("transfer", "bad-stream");

    /// <summary>A stream of a version or kind that this edition does not define.</summary>
    public static readonly ErrorCode TransferUnsupported = new("transfer", "unsupported");

    /// <summary>A stream that ends before its end record.</summary>
    public static readonly ErrorCode TransferTruncated = new("transfer", "truncated");

    /// <summary>A stream that is not what was sent.</summary>
    public static readonly ErrorCode TransferChecksumMismatch = new("transfer", "checksum-mismatch");

    /// <summary>A stream onto another content than the container has.</summary>
    public static readonly ErrorCode TransferWrongBase = new("transfer", "wrong-base");

    /// <summary>A stream from which comes another content than it says.</summary>
    public static readonly ErrorCode TransferWrongResult = new("transfer", "wrong-result");

    /// <summary>A stated bound was passed.</summary>
    public static readonly ErrorCode LimitExceeded = new("limit", "exceeded");

    /// <summary>There is no such entry.</summary>
    public static readonly ErrorCode NotFound = new("api", "not-found");

    /// <summary>There is such an entry already.</summary>
    public static readonly ErrorCode Exists = new("api", "exists");

    /// <summary>The container cannot be written through this handle.</summary>
    public static readonly ErrorCode ReadOnly = new("api", "read-only");

    /// <summary>The system does not let us at the file.</summary>
    public static readonly ErrorCode AccessDenied = new("api", "access-denied");

    /// <summary>Somebody else holds the writer lock.</summary>
    public static readonly ErrorCode Busy = new("api", "busy");

    /// <summary>An argument that no container could satisfy.</summary>
    public static readonly ErrorCode BadArgument = new("api", "bad-argument");

    /// <summary>A sync or the write of a record failed before; the outcome is unknown until the container is opened again.</summary>
    public static readonly ErrorCode Poisoned = new("api", "poisoned");

    /// <inheritdoc/>
    public override string ToString() => $"{Class}.{Name}";
}
