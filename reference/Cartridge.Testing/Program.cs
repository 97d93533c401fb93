using System.Globalization;

namespace Cartridge.Testing;

/// <summary>What tests run in a process of its own, because it needs one: bounded memory, or to be killed.</summary>
internal static class Program
{
    private const int WrongUse = 2;

    public static int Main(string[] args) => args switch
    {
        ["hostile", var seed, var count] => HostileCommand.Run(Number(seed), Number(count)),
        ["engine", var verb, var path] => EngineCommand.Run(verb, path),
        ["history", "write", var path, var seed, var last] => HistoryCommand.Write(path, Number(seed), (ulong)Number(last)),
        ["history", "read", var path, var seed, var last] => HistoryCommand.Read(path, Number(seed), (ulong)Number(last)),
        _ => Usage(),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Usage()
    {
        Console.Error.WriteLine("hostile FIRST-SEED COUNT | engine create|read|write|die CONTAINER | history write|read CONTAINER SEED LAST");
        return WrongUse;
    }
}
