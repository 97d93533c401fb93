using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Protocol;

/// <summary>Serves an adapter over a pair of streams until the requests end.</summary>
internal static class AdapterHost
{
    public static int Serve(IAdapter adapter, TextReader requests, TextWriter replies)
    {
        while (requests.ReadLine() is { } line)
        {
            replies.Write(CanonicalJson.Line(Messages.RequestFrom(line) is { } request
                ? Messages.ToJson(Reply(adapter, request))
                : Messages.ToJson(adapter.Hello)));
            replies.Write('\n');
            replies.Flush();
        }

        return 0;
    }

    // An exception that the adapter does not turn into a refusal is a fault of the program, and is reported as one.
    private static Answer Reply(IAdapter adapter, Request request)
    {
        try
        {
            return adapter.Run(request);
        }
#pragma warning disable CA1031 // Whatever escapes is answered: the runner must hear of it, not guess.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Answer.Error($"{e.GetType().Name}: {e.Message}");
        }
    }
}
