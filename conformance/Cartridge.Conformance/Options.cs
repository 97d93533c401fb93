using System.Globalization;

namespace Cartridge.Conformance;

/// <summary>The options of a command: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class Options
{
    private readonly List<(string Name, string Value)> _given = [];

    /// <exception cref="UsageException">An argument is no known option, or its value is missing.</exception>
    public Options(IReadOnlyList<string> args, IReadOnlyList<string> withValue, IReadOnlyList<string> alone)
    {
        for (int i = 0; i < args.Count; i++)
        {
            if (alone.Contains(args[i], StringComparer.Ordinal))
            {
                _given.Add((args[i], ""));
            }
            else if (!withValue.Contains(args[i], StringComparer.Ordinal))
            {
                throw new UsageException($"'{args[i]}' is no option here");
            }
            else
            {
                string value = i + 1 < args.Count ? args[i + 1] : throw new UsageException($"{args[i]} needs a value");
                _given.Add((args[i++], value));
            }
        }
    }

    public bool Has(string name) => All(name).Count > 0;

    public IReadOnlyList<string> All(string name) => [.. _given.Where(option => option.Name == name).Select(option => option.Value)];

    /// <exception cref="UsageException">It is given more than once.</exception>
    public string? One(string name) => All(name) switch
    {
        [] => null,
        [string value] => value,
        _ => throw new UsageException($"{name} is given more than once"),
    };

    /// <exception cref="UsageException">It is no number above zero.</exception>
    public int? Number(string name) => One(name) switch
    {
        null => null,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 => number,
        string text => throw new UsageException($"{name} needs a number above zero, not '{text}'"),
    };
}

/// <summary>The command line asks for what cannot be done; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NothingRun = 3;
}
