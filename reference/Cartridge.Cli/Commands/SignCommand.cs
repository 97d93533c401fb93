using System.CommandLine;
using System.Globalization;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart sign</c>: signs the state of a container.</summary>
internal static class SignCommand
{
    /// <summary>What is put behind a container's name for the name of its signature.</summary>
    public const string Ending = ".sig";

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var key = new Option<string>("--key") { HelpName = "FILE", Description = "The private key, as 'cart keygen' makes it.", Required = true };
        var output = new Option<string?>("--out", "-o") { HelpName = "OUT", Description = "The signature file. By default the container's name with .sig behind it." };
        var (at, json) = (Common.At(), Common.Json());
        return new CartCommand("sign", "Verifies a container and signs its state.")
        {
            Arguments = { file },
            Options = { key, output, at, json },
            Examples =
            [
                new("cart sign site.cart --key release.key", "writes site.cart.sig"),
                new("cart verify site.cart --key release.key.pub", "checks it, and the container"),
                new("cart sign site.cart --at v1 --key release.key -o v1.sig", "signs the snapshot v1: holds after changes, too"),
            ],
            Remarks =
                """
                The signature is a file of its own, of 168 bytes, and holds for this state only: after the next change the
                container needs another one. With --at it is of a snapshot, and holds until the container is compacted; verify
                it with --at, too. A container whose content has CRC-32C is refused (signature.weak-checksum), because
                its state hash authenticates no content. An old signature under the same name is replaced, and nothing else is.
                A private key that others may read is refused.
                """,
        }.Does(result => Sign(session, result.GetRequiredValue(file), result.GetRequiredValue(key), result.GetValue(output), SnapshotWord.Of(result.GetValue(at)), result.GetValue(json)));
    }

    private static ExitCode Sign(Session session, string file, string keyFile, string? output, string? at, bool isJson)
    {
        var target = output ?? file + Ending;
        if (Path.Exists(target) && new FileInfo(target) is not { Exists: true, Length: StateSignature.Length })
        {
            throw CliFailure.Missing($"{target}: is there already and is no signature; it is not replaced");
        }

        using var key = SigningKeyFile.ReadPrivate(keyFile, text => SigningKey.FromPem(text));
        var report = SnapshotWord.Naming(file, at, () => VerifyCommand.Report(session, file, at));
        if (!report.IsValid)
        {
            var first = report.Findings.First(finding => finding.Severity == Severity.Error);
            throw new CliFailure(ExitCode.Invalid, $"{file}: not signed, because it is not valid: {first}");
        }

        var state = VerifyCommand.StateOf(report)!;
        var signature = Containers.Naming(file, () => StateSignature.Sign(state, key, new Ed25519()));
        WriteWhole(target, signature);
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("file", file);
                json.WriteString("signature_file", target);
                json.WriteString("snapshot", at);
                json.WriteString("state_hash", state.StateHash);
                json.WriteNumber("generation", state.Generation);
                json.WriteString("public_key", key.GetVerifyingKey(new Ed25519()).ToString());
            });
        }
        else
        {
            session.Line($"{target}: generation {state.Generation.ToString(CultureInfo.InvariantCulture)}, state {state.StateHash}", Tone.Good);
        }

        return ExitCode.Fine;
    }

    /// <summary>The file under the name is the old signature or the new one, never half of one.</summary>
    private static void WriteWhole(string target, byte[] bytes)
    {
        var temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
