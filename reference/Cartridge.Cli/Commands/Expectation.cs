using System.Text.Json;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Why a state was refused.</summary>
/// <param name="Code">The error code.</param>
/// <param name="Message">The reason, which names the code.</param>
internal sealed record Refusal(ErrorCode Code, string Message)
{
    /// <summary>Writes the member that tells a program of it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("refusal");
        json.WriteString("code", Code.ToString());
        json.WriteString("message", Message);
        json.WriteEndObject();
    }
}

/// <summary>Which state of a container is wanted, and whose signature it needs.</summary>
internal sealed class Expectation
{
    private string? _hash;
    private VerifyingKey? _key;
    private byte[] _signature = [];

    /// <summary>Whether anything is expected.</summary>
    public bool IsAny => _hash is not null || _key is not null;

    /// <summary>What can be said of a valid container that meets it.</summary>
    public string? Praise =>
        _key is not null ? $"signed by {_key}" : _hash is not null ? "in the state that was expected" : null;

    /// <summary>Why a container of format 1 is refused, which cannot be what anybody hashed or signed; null if nothing is expected.</summary>
    public Refusal? RefusalOfOlder => IsAny
        ? new Refusal(ErrorCode.OtherState, $"{ErrorCode.OtherState}: a container of format 1 has no state hash and no signature")
        : null;

    /// <summary>Takes what the command line says, and reads the key and the signature.</summary>
    /// <exception cref="CliFailure">The options contradict each other, or a file is not there.</exception>
    public static Expectation Of(string[] files, string? hash, string? keyFile, string? signatureFile)
    {
        if ((hash ?? keyFile) is not null && files.Length > 1)
        {
            throw CliFailure.Usage("--expect and --key are for one container at a time");
        }

        if (signatureFile is not null && keyFile is null)
        {
            throw CliFailure.Usage("--signature needs --key: a signature proves nothing without the key of its signer");
        }

        var expectation = new Expectation { _hash = hash };
        if (keyFile is not null)
        {
            expectation._key = SigningKeyFile.ReadPublic(keyFile, text => VerifyingKey.FromPem(text));
            expectation._signature = ReadSignature(signatureFile ?? files[0] + SignCommand.Ending);
        }

        return expectation;
    }

    /// <summary>Judges a state; one that could not even be found is another matter.</summary>
    /// <returns>Why it is refused; null if it is not.</returns>
    public Refusal? Judge(SignedState? state)
    {
        if (state is null)
        {
            return null;
        }

        try
        {
            if (_hash is not null)
            {
                state.RequireHash(_hash);
            }

            if (_key is not null)
            {
                StateSignature.Verify(_signature, state, _key, new Ed25519());
            }

            return null;
        }
        catch (CartridgeException e) when (e.Code != ErrorCode.CodecUnavailable)
        {
            return new Refusal(e.Code, e.Message);
        }
    }

    /// <summary>The bytes of a signature file, and of a longer file enough to tell that it is none.</summary>
    private static byte[] ReadSignature(string path)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
            var bytes = new byte[StateSignature.Length + 1];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliFailure.Missing($"{path}: there is no such signature file");
        }
    }
}
