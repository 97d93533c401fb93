using System.Runtime.InteropServices;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Asks a person for a passphrase; what is typed is not shown.</summary>
internal static class SecretPrompt
{
    /// <summary>Asks on the terminal.</summary>
    /// <param name="session">Who is asked.</param>
    /// <param name="question">What is asked for.</param>
    /// <param name="twice">Whether it has to be typed twice, because nobody could find a mistake later.</param>
    public static CartridgeKey Ask(Session session, string question, bool twice)
    {
        var first = Typed(session, question);
        try
        {
            if (twice)
            {
                var second = Typed(session, "once more");
                var isSame = CollectionsMarshal.AsSpan(first).SequenceEqual(CollectionsMarshal.AsSpan(second));
                Clear(second);
                if (!isSame)
                {
                    throw CliFailure.Usage("the two passphrases differ");
                }
            }

            return CartridgeKey.FromPassphrase(CollectionsMarshal.AsSpan(first));
        }
        finally
        {
            Clear(first);
        }
    }

    /// <summary>Takes keys until the line ends; the last letter can be taken back.</summary>
    public static List<char> Line(Func<ConsoleKeyInfo> next)
    {
        // Room from the beginning: a list that grows leaves copies behind.
        var text = new List<char>(CartridgeKey.MaxPassphraseLength);
        while (next() is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.RemoveRange(Math.Max(0, text.Count - 1), Math.Min(1, text.Count));
            }
            else if (key.KeyChar >= ' ' && text.Count < text.Capacity)
            {
                text.Add(key.KeyChar);
            }
        }

        return text;
    }

    private static List<char> Typed(Session session, string question)
    {
        session.Status.Erase();
        Console.Error.Write($"{question}: ");
        var text = Line(() => Console.ReadKey(intercept: true));
        Console.Error.WriteLine();
        return text;
    }

    private static void Clear(List<char> text)
    {
        for (var i = 0; i < text.Count; i++)
        {
            text[i] = '\0';
        }
    }
}
