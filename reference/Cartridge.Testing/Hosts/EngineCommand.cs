using System.Diagnostics;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Does one thing with a container in a process of its own, as another user or another writer, and prints what came of it.</summary>
internal static class EngineCommand
{
    private const int Refused = 1;

    public static int Run(string verb, string path)
    {
        try
        {
            Do(verb, path);
            Console.Out.WriteLine("done");
            return 0;
        }
        catch (CartridgeException refusal)
        {
            Console.Out.WriteLine(refusal.Code);
            Console.Error.WriteLine(refusal.Message);
            return Refused;
        }
    }

    private static void Do(string verb, string path)
    {
        switch (verb)
        {
            case "create":
                new CartridgeBuilder().Slug("new").Create(path).Dispose();
                break;
            case "read":
                using (var container = CartridgeFile.Open(path, new OpenOptions { ReadOnly = true }))
                {
                    _ = ModelContainer.Of(container);
                }

                break;
            case "write":
                using (var container = CartridgeFile.Open(path))
                {
                    container.Write("written", "by another process"u8);
                }

                break;
            case "die":
                // Holds the lock, has an acknowledged commit and an unfinished transaction, and gets no chance to tidy up.
                var held = CartridgeFile.Open(path);
                held.Write("acknowledged", new byte[5000]);
                held.BeginTransaction();
                held.Write("never committed", new byte[50_000]);
                Process.GetCurrentProcess().Kill();
                break;
            default:
                throw new ArgumentException($"No verb {verb}.", nameof(verb));
        }
    }
}
