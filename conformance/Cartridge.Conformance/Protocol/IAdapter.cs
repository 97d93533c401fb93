namespace Cartridge.Conformance.Protocol;

/// <summary>An implementation behind the protocol, for programs that are written in C#.</summary>
internal interface IAdapter
{
    Hello Hello { get; }

    /// <summary>Carries out one operation.</summary>
    /// <returns>A reply: ok, reject, unsupported or error.</returns>
    Answer Run(Request request);
}
