using System.CommandLine;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart key</c>: who can open an encrypted container.</summary>
internal static class KeyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session) => new CartCommand("key", "Shows or changes which keys open an encrypted container.")
    {
        Subcommands = { List(session), Add(session), Remove(session), Rotate(session) },
        Examples =
        [
            new("cart key list safe.cart", "the slots in use; no key is needed to see them"),
            new("cart key add safe.cart --key-file mine --new-key-file yours", "lets one more key open it"),
            new("cart key rotate safe.cart --key-file old --new-key-file new", "puts a new key in the place of the old one"),
        ],
        Remarks =
            """
            All keys open the same master key. Taking one away, or changing it, does not shut out anybody who had it together with
            an older copy of the file: after a leak, put the contents into a new container.
            """,
    };

    private static CartCommand List(Session session)
    {
        var file = Common.File();
        var json = Common.Json();
        return new CartCommand("list", "Lists the key slots in use.")
        {
            Arguments = { file },
            Options = { json },
            Examples = [new("cart key list safe.cart", "a line for each: number, what opens it, rounds")],
        }.Does(result => Containers.Read(session, result.GetRequiredValue(file), container =>
        {
            foreach (var slot in container.GetKeySlots())
            {
                Print(session, slot, result.GetValue(json));
            }

            return ExitCode.Fine;
        }));
    }

    private static CartCommand Add(Session session)
    {
        var (file, wait) = (Common.File(), Common.Wait());
        var (keyFile, passphraseFile) = NewKeyOptions();
        return new CartCommand("add", "Lets one more key open a container: at most eight.")
        {
            Arguments = { file },
            Options = { keyFile, passphraseFile, wait },
            Examples =
            [
                new("cart key add safe.cart --key-file mine --new-passphrase-file phrase", "opens with either from now on"),
            ],
            Remarks = "Without either option the new passphrase is asked for.",
        }.Does(result => Change(session, result.GetRequiredValue(file), result.GetValue(wait), container =>
        {
            using var key = NewKey(session, result.GetValue(keyFile), result.GetValue(passphraseFile));
            return container.AddKey(key);
        }));
    }

    private static CartCommand Remove(Session session)
    {
        var (file, wait) = (Common.File(), Common.Wait());
        var slot = new Argument<int>("SLOT") { Description = "The number that list gives." };
        return new CartCommand("remove", "Takes a key's slot away; the last one stays.")
        {
            Arguments = { file, slot },
            Options = { wait },
            Examples = [new("cart key remove safe.cart 1 --key-file mine", "the key of slot 1 opens the container no more")],
            Remarks = "It does not shut out anybody who had the key together with an older copy of the file.",
        }.Does(result => Change(session, result.GetRequiredValue(file), result.GetValue(wait), container =>
        {
            container.RemoveKey(result.GetRequiredValue(slot));
            return null;
        }));
    }

    private static CartCommand Rotate(Session session)
    {
        var (file, wait) = (Common.File(), Common.Wait());
        var (keyFile, passphraseFile) = NewKeyOptions();
        return new CartCommand("rotate", "Puts a new key in the place of the one that is given.")
        {
            Arguments = { file },
            Options = { keyFile, passphraseFile, wait },
            Examples =
            [
                new("cart key rotate safe.cart --key-file old --new-key-file new", "the old key opens it no more"),
            ],
            Remarks =
                """
                Without either option the new passphrase is asked for. The master key stays, and nothing is encrypted anew: this does not
                revoke a master key that has leaked.
                """,
        }.Does(result => Change(session, result.GetRequiredValue(file), result.GetValue(wait), container =>
        {
            using var key = NewKey(session, result.GetValue(keyFile), result.GetValue(passphraseFile));
            return container.RotateKey(key);
        }));
    }

    private static ExitCode Change(Session session, string file, double wait, Func<CartridgeFile, int?> change)
    {
        int? slot = null;
        var code = Containers.Write(session, file, wait, container =>
        {
            if (!container.IsEncrypted)
            {
                throw CliFailure.Missing($"{file}: is not encrypted");
            }

            slot = change(container);
            return ExitCode.Fine;
        });
        if (slot is { } number)
        {
            session.Output.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        }

        return code;
    }

    private static void Print(Session session, KeySlotInfo slot, bool isJson)
    {
        var kind = slot.Kind == KeySlotKind.RawKey ? "raw-key" : "passphrase";
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteNumber("slot", slot.Number);
                json.WriteString("kind", kind);
                json.WriteNumber("rounds", slot.Rounds);
            });
        }
        else
        {
            session.Output.WriteLine(slot.Rounds == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{slot.Number} {kind}")
                : string.Create(CultureInfo.InvariantCulture, $"{slot.Number} {kind} {slot.Rounds} rounds"));
        }
    }

    private static (Option<string?> KeyFile, Option<string?> PassphraseFile) NewKeyOptions() =>
        (new("--new-key-file") { HelpName = "F", Description = "The new key: a file of 32 bytes or 64 hexadecimal digits." },
         new("--new-passphrase-file") { HelpName = "F", Description = "The new passphrase: a file with one line." });

    private static CartridgeKey NewKey(Session session, string? keyFile, string? passphraseFile) => (keyFile, passphraseFile) switch
    {
        (not null, not null) => throw CliFailure.Usage("--new-key-file and --new-passphrase-file: one of them is enough"),
        (not null, _) => KeyFile.Read(keyFile),
        (_, not null) => KeyFile.ReadPassphrase(passphraseFile),
        _ when session.CanAsk => SecretPrompt.Ask(session, "new passphrase", twice: true),
        _ => throw CliFailure.Usage("a new key is needed: --new-key-file or --new-passphrase-file"),
    };
}
