using System.Text;

namespace Cartridge.Cli;

/// <summary>The completion script for bash.</summary>
internal static class BashCompletion
{
    /// <summary>Writes the script.</summary>
    public static string Write(Completable root)
    {
        var commands = root.All.ToList();
        var valued = commands.SelectMany(command => command.Options.Where(option => option.TakesValue), (command, option) =>
            (Pattern: string.Join("\"|\"", option.Names.Select(name => $"{command.Line}|{name}")), Values: Reply(option.Offer, option.Words))).ToList();
        return $$"""
            # bash completion for cart. Load it with: source <(cart completion bash)
            _cart() {
                local command="" place=0 skip="" word i
                local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
                COMPREPLY=()

                # bash takes --name=value for three words.
                if [[ $current == "=" ]]; then
                    current=""
                elif [[ $before == "=" ]]; then
                    before=${COMP_WORDS[COMP_CWORD - 2]}
                fi

                # Which command is it, and which of its arguments?
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ $word == "=" ]]; then
                        skip=1
                    elif [[ $skip ]]; then
                        skip=""
                    else
                        case "$command|$word" in
            {{Cases(commands.Skip(1).Select(command => ($"{Parent(command)}|{command.Name}", $"command=\"{command.Line}\" place=0")), 16)}}
            {{Cases(valued.Select(option => (option.Pattern, "skip=1")), 16)}}
                            *"|-"?*) ;;
                            *) ((place++)) ;;
                        esac
                    fi
                done

                case "$command|$before" in
            {{Cases(valued.Select(option => (option.Pattern, $"{option.Values}; return")), 8)}}
                esac

                if [[ $current == -* ]]; then
                    case "$command" in
            {{Cases(commands.Select(command => (command.Line, Reply(Offer.Words, [.. command.Options.SelectMany(option => option.Names)]))), 12)}}
                    esac
                    return
                fi

                case "$command|$place" in
            {{Cases(commands.SelectMany(Places), 8)}}
                esac
            }

            _cart_words() {
                mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
            }

            _cart_files() {
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -f -- "$1")
            }

            _cart_folders() {
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -d -- "$1")
            }

            complete -F _cart cart

            """;
    }

    private static string Parent(Completable command) => command.Line[..Math.Max(0, command.Line.LastIndexOf(' '))];

    /// <summary>What may stand in each place of a command; a pattern with a star for the argument that repeats.</summary>
    private static IEnumerable<(string Pattern, string Action)> Places(Completable command)
    {
        if (command.Commands.Count > 0)
        {
            yield return ($"{command.Line}|0", Reply(Offer.Words, [.. command.Commands.Select(sub => sub.Name)]));
        }

        for (var i = 0; i < command.Arguments.Count; i++)
        {
            var isLast = i == command.Arguments.Count - 1;
            yield return ($"{command.Line}|{(isLast && command.Repeats ? "\"*\"" : i)}", Reply(command.Arguments[i].Offer, command.Arguments[i].Words));
        }
    }

    private static string Reply(Offer offer, IReadOnlyList<string> words) => offer switch
    {
        Offer.Files => "_cart_files \"$current\"",
        Offer.Folders => "_cart_folders \"$current\"",
        Offer.Words => $"_cart_words \"{string.Join(' ', words)}\" \"$current\"",
        _ => ":",
    };

    private static string Cases(IEnumerable<(string Pattern, string Action)> cases, int indent) =>
        new StringBuilder().AppendJoin('\n', cases.Select(c => $"{new string(' ', indent)}\"{c.Pattern}\") {c.Action} ;;")).ToString();
}
