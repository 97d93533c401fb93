using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>
/// Where the key of an encrypted container comes from: an option, the environment, or a person who is asked. Never from the
/// arguments themselves, which others can see.
/// </summary>
/// <param name="keyFile">The file of <c>--key-file</c>.</param>
/// <param name="passphraseFile">The file of <c>--passphrase-file</c>.</param>
internal sealed class KeySource(string? keyFile, string? passphraseFile)
{
    public const string KeyFileVariable = "CARTRIDGE_KEY_FILE";
    public const string PassphraseFileVariable = "CARTRIDGE_PASSPHRASE_FILE";
    public const string PassphraseVariable = "CARTRIDGE_PASSPHRASE";

    /// <summary>No key at all, as before a command line was read.</summary>
    public static readonly KeySource None = new(null, null);

    /// <summary>Whether an option names a key.</summary>
    public bool IsStated => keyFile is not null || passphraseFile is not null;

    /// <summary>The options, for every command.</summary>
    public static IReadOnlyList<Option<string?>> Options { get; } =
    [
        new("--key-file") { HelpName = "F", Recursive = true, Description = "The key of an encrypted container: a file of 32 bytes or 64 hexadecimal digits." },
        new("--passphrase-file") { HelpName = "F", Recursive = true, Description = "The passphrase of an encrypted container: a file with one line." },
    ];

    /// <summary>What a command line says.</summary>
    public static KeySource Of(ParseResult result) => new(result.GetValue(Options[0]), result.GetValue(Options[1]));

    /// <summary>The key, if one was given; a person is not asked.</summary>
    /// <returns>To be disposed; null for none.</returns>
    public CartridgeKey? Get()
    {
        if (keyFile is not null && passphraseFile is not null)
        {
            throw CliFailure.Usage("--key-file and --passphrase-file: one of them is enough");
        }

        return keyFile is not null ? KeyFile.Read(keyFile)
            : passphraseFile is not null ? KeyFile.ReadPassphrase(passphraseFile)
            : Variable(KeyFileVariable) is { } file ? KeyFile.Read(file)
            : Variable(PassphraseFileVariable) is { } phraseFile ? KeyFile.ReadPassphrase(phraseFile)
            : Variable(PassphraseVariable) is { } passphrase ? CartridgeKey.FromPassphrase(passphrase)
            : null;
    }

    /// <summary>The key of encrypted files in a container of format 1, which knows no passphrases.</summary>
    /// <returns>32 bytes; null for none.</returns>
    public byte[]? GetBytes() =>
        keyFile is not null ? KeyFile.ReadBytes(keyFile)
        : Variable(KeyFileVariable) is { } file ? KeyFile.ReadBytes(file)
        : null;

    /// <summary>The key for a container to be opened; a person is asked for a passphrase if content is needed and there is somebody to ask.</summary>
    /// <returns>To be disposed; null for none.</returns>
    public CartridgeKey? For(Session session, string file, bool needsContent)
    {
        var key = Get();
        return key is null && needsContent && session.CanAsk && IsEncrypted(file)
            ? SecretPrompt.Ask(session, $"passphrase of {file}", twice: false)
            : key;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool IsEncrypted(string file)
    {
        using var container = CartridgeFile.OpenReadOnly(file);
        return container.IsEncrypted;
    }
}
