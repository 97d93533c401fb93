namespace Cartridge.Conformance.Protocol;

/// <summary>An implementation as the runner sees it: something that can be asked.</summary>
internal interface IAdapterClient : IDisposable
{
    Hello Hello { get; }

    /// <summary>Asks for one operation and waits for what comes of it. It never throws for what the implementation does.</summary>
    Answer Ask(Request request, TimeSpan timeLimit, int megabytes);
}

/// <summary>An adapter in the runner's own process, for tests that must be quick: no time-outs and no memory cap.</summary>
internal sealed class InProcessClient(IAdapter adapter) : IAdapterClient
{
    public Hello Hello => adapter.Hello;

    public Answer Ask(Request request, TimeSpan timeLimit, int megabytes) => adapter.Run(request);

    public void Dispose() { }
}
