using System.Globalization;

namespace Cartridge.Formats.Walk;

/// <summary>
/// Writes JSON in one exact form: indented by two spaces, line feeds, and no escapes but those that JSON demands, so that equal values
/// are equal bytes whoever writes them.
/// </summary>
internal sealed class JsonText(TextWriter writer)
{
    private int _depth;
    private bool _hasItems;
    private bool _afterName;

    internal void BeginObject() => Begin('{');

    internal void EndObject() => End('}');

    internal void BeginArray() => Begin('[');

    internal void EndArray() => End(']');

    internal JsonText Name(string name)
    {
        String(name);
        writer.Write(": ");
        _afterName = true;
        return this;
    }

    internal void Number(ulong value) => Value(value.ToString(CultureInfo.InvariantCulture));

    internal void Number(long value) => Value(value.ToString(CultureInfo.InvariantCulture));

    internal void String(string text)
    {
        Separate();
        writer.Write('"');
        foreach (char letter in text)
        {
            switch (letter)
            {
                case '"': writer.Write("\\\""); break;
                case '\\': writer.Write("\\\\"); break;
                case '\b': writer.Write("\\b"); break;
                case '\f': writer.Write("\\f"); break;
                case '\n': writer.Write("\\n"); break;
                case '\r': writer.Write("\\r"); break;
                case '\t': writer.Write("\\t"); break;
                case < ' ': writer.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")); break;
                default: writer.Write(letter); break;
            }
        }

        writer.Write('"');
    }

    /// <summary>The line feed behind the outermost value.</summary>
    internal void EndText() => writer.Write('\n');

    private void Value(string text)
    {
        Separate();
        writer.Write(text);
    }

    private void Begin(char bracket)
    {
        Separate();
        writer.Write(bracket);
        _depth++;
        _hasItems = false;
    }

    private void End(char bracket)
    {
        _depth--;
        if (_hasItems)
        {
            NewLine();
        }

        writer.Write(bracket);
        _hasItems = true;
    }

    // What stands before a value or a name: nothing behind a name, otherwise a comma where something came before, and a new line.
    private void Separate()
    {
        if (_afterName)
        {
            _afterName = false;
            return;
        }

        if (_hasItems)
        {
            writer.Write(',');
        }

        if (_depth > 0)
        {
            NewLine();
        }

        _hasItems = true;
    }

    private void NewLine()
    {
        writer.Write('\n');
        for (int level = 0; level < _depth; level++)
        {
            writer.Write("  ");
        }
    }
}
