using System.Globalization;

namespace Cartridge.Cli;

/// <summary>Names of owners, as <c>/etc/passwd</c> has them. An owner that is not in there keeps only the number.</summary>
internal sealed class OwnerNames
{
    private const string Accounts = "/etc/passwd";
    private const int NameField = 0;
    private const int NumberField = 2;

    private readonly Lazy<Dictionary<uint, string>> _names = new(Load);

    /// <summary>The name of an owner; empty if unknown.</summary>
    public string Of(uint uid) => _names.Value.GetValueOrDefault(uid, "");

    private static Dictionary<uint, string> Load()
    {
        var names = new Dictionary<uint, string>();
        try
        {
            foreach (var fields in File.ReadLines(Accounts).Select(line => line.Split(':')))
            {
                if (fields.Length > NumberField && uint.TryParse(fields[NumberField], CultureInfo.InvariantCulture, out var uid))
                {
                    names.TryAdd(uid, fields[NameField]);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A system without accounts in a file: numbers must do.
        }

        return names;
    }
}
