namespace Cartridge.Cli;

/// <summary>
/// The command line as the system handed it over. The runtime decodes it, and where it is not UTF-8 puts something else in
/// its place: a name that is not on the disk, and that nobody wrote.
/// </summary>
internal static class RawArguments
{
    private const string CommandLineFile = "/proc/self/cmdline";

    /// <summary>Whether all arguments are UTF-8; if not, says which is not.</summary>
    public static bool AreText(Session session)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(CommandLineFile))
        {
            return true;
        }

        var raw = File.ReadAllBytes(CommandLineFile);
        foreach (var range in raw.AsSpan().Split((byte)0))
        {
            var argument = raw.AsSpan()[range];
            if (!System.Text.Unicode.Utf8.IsValid(argument))
            {
                session.Error($"{Escapes.Bytes(argument)}: the name is not UTF-8; a container holds only names in UTF-8");
                return false;
            }
        }

        return true;
    }
}
