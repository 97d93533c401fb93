namespace Cartridge.Conformance;

/// <summary>The runner's command line: <c>run</c> holds an implementation against every vector.</summary>
internal static class Program
{
    private const int Usage = 2;
    private const int NothingToRun = 3;

    private static int Main(string[] args)
    {
        if (args is not ["run"])
        {
            Console.Error.WriteLine("usage: Cartridge.Conformance run");
            return Usage;
        }

        // A run that checked nothing has not passed.
        Console.Error.WriteLine("The suite has no vectors yet: nothing was run.");
        return NothingToRun;
    }
}
