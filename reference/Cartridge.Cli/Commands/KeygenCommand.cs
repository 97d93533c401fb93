using System.CommandLine;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart keygen</c>: makes a pair of keys for signatures.</summary>
internal static class KeygenCommand
{
    private const string PublicEnding = ".pub";

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.FileName("OUT", "The file for the private key; the public key goes into the same name with .pub behind it.");
        var json = Common.Json();
        return new CartCommand("keygen", "Makes a pair of keys for signatures (Ed25519).")
        {
            Arguments = { file },
            Options = { json },
            Examples =
            [
                new("cart keygen release.key", "writes release.key, for you alone, and release.key.pub, for everyone"),
                new("cart sign site.cart --key release.key", "signs with it"),
            ],
            Remarks =
                """
                Both files are PEM as OpenSSL writes and reads it (RFC 8410). The private key is made with mode 0600 and never
                shown; whoever has it signs in your name. The public key is printed. Nothing that is there is replaced.
                """,
        }.Does(result => Generate(session, result.GetRequiredValue(file), result.GetValue(json)));
    }

    private static ExitCode Generate(Session session, string file, bool isJson)
    {
        var publicFile = file + PublicEnding;
        if (Path.Exists(publicFile))
        {
            throw CliFailure.Missing($"{publicFile}: is there already, and is not replaced");
        }

        using var key = SigningKey.Generate();
        var verifying = key.GetVerifyingKey(new Ed25519());
        var text = key.ToPem();
        try
        {
            SigningKeyFile.CreatePrivate(file, text);
        }
        finally
        {
            text.AsSpan().Clear();
        }

        try
        {
            SigningKeyFile.CreatePublic(publicFile, verifying.ToPem());
        }
        catch
        {
            // Half a pair is of no use, and would be in the way the next time.
            File.Delete(file);
            throw;
        }

        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("private_key_file", file);
                json.WriteString("public_key_file", publicFile);
                json.WriteString("public_key", verifying.ToString());
            });
        }
        else
        {
            session.Output.WriteLine(verifying.ToString());
        }

        return ExitCode.Fine;
    }
}
