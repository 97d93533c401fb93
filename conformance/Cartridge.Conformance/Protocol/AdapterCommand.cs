using System.Reflection;
using System.Text;

namespace Cartridge.Conformance.Protocol;

/// <summary>How to start an adapter.</summary>
internal sealed record AdapterCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>This very program with other arguments, however it was started: by its own name or through <c>dotnet</c>.</summary>
    public static AdapterCommand OfThisProgram(params IReadOnlyList<string> arguments)
    {
        Assembly self = typeof(AdapterCommand).Assembly;
        string running = Environment.ProcessPath ?? "dotnet";
        string name = Path.GetFileNameWithoutExtension(running);
        if (name == self.GetName().Name)
        {
            return new(running, arguments);
        }

        // Inside a test host: the host's own dotnet, or the one on the path.
        string dotnet = name == "dotnet" ? running : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new(dotnet, [Path.Combine(AppContext.BaseDirectory, $"{self.GetName().Name}.dll"), .. arguments]);
    }

    /// <summary>Splits a command line at blanks; double quotes hold blanks together.</summary>
    /// <exception cref="FormatException">It is empty, or a quote is not closed.</exception>
    public static AdapterCommand Parse(string commandLine)
    {
        List<string> words = [];
        StringBuilder? word = null;
        bool quoted = false;
        foreach (char c in commandLine)
        {
            if (c == '"')
            {
                quoted = !quoted;
                word ??= new StringBuilder();
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                Close();
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }

        Close();
        return quoted ? throw new FormatException("a quote in the adapter's command is not closed")
            : words is [string program, .. var arguments] ? new(program, arguments)
            : throw new FormatException("the adapter's command is empty");

        void Close()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }
}
