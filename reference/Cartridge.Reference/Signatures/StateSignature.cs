using System.Buffers.Binary;
using At = Cartridge.Reference.SignatureFieldLocations;
using Fields = Cartridge.Reference.SignatureFieldLengths;

namespace Cartridge.Reference;

/// <summary>
/// A detached signature: a file of 168 bytes by which the owner of a key says that a container was in a certain state
/// (spec/13-signatures.md). The state hash authenticates every byte that the state reaches, so nothing else is signed.
/// </summary>
public static class StateSignature
{
    /// <summary>The length of a signature file, in bytes.</summary>
    public const int Length = At.Signature + Fields.Signature;

    private const ushort Version = 1;

    /// <summary>The first 8 bytes of a signature file.</summary>
    private static ReadOnlySpan<byte> Magic => "CARTSIG\0"u8;

    /// <summary>What is signed begins with this, so that no signature over anything else can be taken for one.</summary>
    private static ReadOnlySpan<byte> Domain => "cartridge.spec/state-signature/1"u8;

    /// <summary>Signs a state.</summary>
    /// <param name="state">The state; who signs has verified it (CART-SIG-102).</param>
    /// <param name="key">The private key.</param>
    /// <param name="algorithm">Ed25519.</param>
    /// <returns>The signature file.</returns>
    /// <exception cref="CartridgeException"><c>signature.weak-checksum</c>: a container with CRC-32C, whose state hash does not
    /// authenticate its content (CART-SIG-101). <c>codec.unavailable</c>.</exception>
    public static byte[] Sign(SignedState state, SigningKey key, ISignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(key);
        RequireAvailable(algorithm);
        if (state.Checksum != ContentChecksum.Sha256)
        {
            throw new CartridgeException(
                ErrorCode.SignatureWeakChecksum, $"{ErrorCode.SignatureWeakChecksum}: {WeakChecksum}.");
        }

        var file = new byte[Length];
        var fields = new FieldWriter(file);
        fields.Put(Magic);
        fields.U16(Version);
        fields.U8(algorithm.Id);
        fields.Skip(Fields.Reserved);
        state.Container.CopyTo(file.AsSpan(fields.Position));
        fields.Skip(Fields.ContainerId);
        fields.U64(state.Generation);
        fields.Put(Convert.FromHexString(state.StateHash));
        fields.Put(key.GetVerifyingKey(algorithm).Bytes);
        algorithm.Sign(key.Bytes, MessageOf(file), file.AsSpan(At.Signature));
        return file;
    }

    /// <summary>Checks a signature file against the state of a container and the key that the caller trusts; mirrors <see cref="Sign"/>.</summary>
    /// <param name="file">The signature file; any bytes.</param>
    /// <param name="state">The state, of which every byte was verified (CART-SIG-103).</param>
    /// <param name="key">The public key; never one out of the file itself (CART-SIG-104).</param>
    /// <param name="algorithm">Ed25519.</param>
    /// <exception cref="CartridgeException"><c>signature.bad-file</c>, <c>signature.unsupported</c>,
    /// <c>signature.wrong-key</c>, <c>signature.invalid</c>, <c>signature.weak-checksum</c>, <c>container.other-state</c>,
    /// <c>codec.unavailable</c>.</exception>
    public static void Verify(ReadOnlySpan<byte> file, SignedState state, VerifyingKey key, ISignatureAlgorithm algorithm) =>
        Check(file, state, key, algorithm, new StrictChecker { Subject = "signature" });

    internal static bool Check(ReadOnlySpan<byte> file, SignedState state, VerifyingKey key, ISignatureAlgorithm algorithm, Checker c)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(key);
        RequireAvailable(algorithm);
        bool Fault(Rule rule, int offset, string message) => c.Fault(rule, new Place(null, offset), message);

        // "A signature file MUST be 168 bytes long."
        if (!(c.Skips(SignatureRule.Length) || file.Length == Length
            || c.Fault(SignatureRule.Length, new Place(null), $"{file.Length} bytes; a signature file has {Length}"))
            || file.Length < Length)
        {
            return false;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(file[At.Version..]);
        var generation = BinaryPrimitives.ReadUInt64LittleEndian(file[At.Generation..]);
        var container = new ContainerId(file.Slice(At.ContainerId, Fields.ContainerId));
        var stateHash = file.Slice(At.StateHash, Fields.StateHash);
        var publicKey = file.Slice(At.PublicKey, Fields.PublicKey);

        // "A signature file MUST begin with the magic number."
        if (!(c.Skips(SignatureRule.Magic) || file.StartsWith(Magic) || Fault(SignatureRule.Magic, At.Magic, "this is no signature file")))
        {
            return false;
        }

        // "The version MUST be 1."
        if (!(c.Skips(SignatureRule.Version) || version == Version || Fault(SignatureRule.Version, At.Version, $"version {version} of signature files")))
        {
            return false;
        }

        // "The algorithm MUST be 1."
        if (!(c.Skips(SignatureRule.Algorithm) || file[At.Algorithm] == algorithm.Id
            || Fault(SignatureRule.Algorithm, At.Algorithm, $"signature algorithm {file[At.Algorithm]}")))
        {
            return false;
        }

        // "Reserved bytes of a signature file MUST be zero."
        var sound = c.Skips(SignatureRule.Reserved) || Zero.All(file.Slice(At.Reserved, Fields.Reserved))
            || Fault(SignatureRule.Reserved, At.Reserved, "reserved bytes of the signature file are not zero");

        // "The public key MUST be the one that the verifier was given."
        sound &= c.Skips(SignatureRule.PublicKey) || publicKey.SequenceEqual(key.Bytes)
            || Fault(SignatureRule.PublicKey, At.PublicKey, $"signed with the key {Convert.ToHexStringLower(publicKey)}, not with {key}");

        // "The signature MUST be that of the message under the public key."
        sound &= c.Skips(SignatureRule.Signature) || algorithm.Verify(publicKey, MessageOf(file), file[At.Signature..Length])
            || Fault(SignatureRule.Signature, At.Signature, "the signature is not that of these fields");

        // "The content checksum of the container MUST be SHA-256."
        sound &= c.Skips(SignatureRule.Checksum) || state.Checksum == ContentChecksum.Sha256
            || c.Fault(SignatureRule.Checksum, new Place(null), WeakChecksum);

        // "The container id MUST be that of the container."
        sound &= c.Skips(SignatureRule.Container) || container == state.Container
            || Fault(SignatureRule.Container, At.ContainerId, $"signed was container {container}, this is {state.Container}");

        // "The generation MUST be that of the state."
        sound &= c.Skips(SignatureRule.Generation) || generation == state.Generation
            || Fault(SignatureRule.Generation, At.Generation, $"signed was generation {generation}, this is {state.Generation}");

        // "The state hash MUST be that of the state."
        return (c.Skips(SignatureRule.StateHash) || stateHash.SequenceEqual(Convert.FromHexString(state.StateHash))
            || Fault(SignatureRule.StateHash, At.StateHash, $"signed was state {Convert.ToHexStringLower(stateHash)}, this is {state.StateHash}")) && sound;
    }

    /// <summary>Refuses an algorithm that cannot be used here.</summary>
    internal static void RequireAvailable(ISignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        if (!algorithm.IsAvailable)
        {
            throw new CartridgeException(ErrorCode.CodecUnavailable, "Ed25519 is not available here: its library was not found.");
        }
    }

    private const string WeakChecksum =
        "the container's content has CRC-32C, so its state hash authenticates no content, and a signature would promise what it does not keep";

    /// <summary>What is signed: the domain, and all of the file before the signature.</summary>
    private static byte[] MessageOf(ReadOnlySpan<byte> file) => [.. Domain, .. file[..At.Signature]];
}
