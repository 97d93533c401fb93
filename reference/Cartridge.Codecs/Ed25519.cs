using System.Runtime.InteropServices;
using Cartridge.Reference;

namespace Cartridge.Codecs;

/// <summary>Ed25519 (RFC 8032) by libcrypto, version 3 of OpenSSL's interface.</summary>
public sealed partial class Ed25519 : ISignatureAlgorithm
{
    private const string Name = "libcrypto.so.3";

    /// <summary>NID_ED25519 (openssl/obj_mac.h).</summary>
    private const int KeyType = 1087;

    private const int KeyLength = 32;
    private const int SignatureLength = 64;

    private static readonly SystemLibrary Library = new(Name);

    /// <inheritdoc/>
    public byte Id => ISignatureAlgorithm.Ed25519;

    /// <inheritdoc/>
    public bool IsAvailable => Library.IsThere;

    /// <inheritdoc/>
    public void GetPublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        using var key = PrivateKey(privateKey);
        nuint length = KeyLength;
        Require(ReadPublicKey(key, ref MemoryMarshal.GetReference(publicKey[..KeyLength]), ref length) == 1 && length == KeyLength);
    }

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        using var key = PrivateKey(privateKey);
        using var context = NewContext();
        nuint length = SignatureLength;
        Require(!context.IsInvalid && BeginSigning(context, 0, 0, 0, key) == 1
            && Sign(context, ref MemoryMarshal.GetReference(signature[..SignatureLength]), ref length, in First(message), (nuint)message.Length) == 1
            && length == SignatureLength);
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        // Bytes that are no key at all make no key here, and so verify nothing.
        using var key = NewPublicKey(KeyType, 0, in MemoryMarshal.GetReference(publicKey[..KeyLength]), KeyLength);
        using var context = NewContext();
        return !key.IsInvalid && !context.IsInvalid && BeginVerifying(context, 0, 0, 0, key) == 1
            && Verify(context, in MemoryMarshal.GetReference(signature[..SignatureLength]), SignatureLength, in First(message), (nuint)message.Length) == 1;
    }

    private static KeyHandle PrivateKey(ReadOnlySpan<byte> bytes)
    {
        var key = NewPrivateKey(KeyType, 0, in MemoryMarshal.GetReference(bytes[..KeyLength]), KeyLength);
        Require(!key.IsInvalid);
        return key;
    }

    /// <summary>The library takes no null for an empty message.</summary>
    private static ref readonly byte First(ReadOnlySpan<byte> message) =>
        ref MemoryMarshal.GetReference(message.IsEmpty ? [0] : message);

    private static void Require(bool done)
    {
        if (!done)
        {
            throw new CartridgeException(ErrorCode.CodecUnavailable, $"{Name} does not do Ed25519 here.");
        }
    }

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial KeyHandle NewPrivateKey(int type, nint engine, in byte key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial KeyHandle NewPublicKey(int type, nint engine, in byte key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int ReadPublicKey(KeyHandle key, ref byte publicKey, ref nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_new")]
    private static partial ContextHandle NewContext();

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSignInit")]
    private static partial int BeginSigning(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSign")]
    private static partial int Sign(ContextHandle context, ref byte signature, ref nuint signatureLength, in byte message, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int BeginVerifying(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerify")]
    private static partial int Verify(ContextHandle context, in byte signature, nuint signatureLength, in byte message, nuint length);

    /// <summary>EVP_PKEY; the library zeros a private key when it is freed.</summary>
    internal sealed class KeyHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    /// <summary>EVP_MD_CTX.</summary>
    internal sealed class ContextHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
