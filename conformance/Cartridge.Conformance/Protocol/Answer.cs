using System.Text.Json.Nodes;

namespace Cartridge.Conformance.Protocol;

/// <summary>What came of one request. The first four are replies; the others are what happens to a program instead of a reply.</summary>
internal abstract record Answer
{
    private Answer() { }

    /// <summary>The operation was carried out.</summary>
    internal sealed record Ok(JsonObject Result) : Answer
    {
        public override string ToString() => "ok";
    }

    /// <summary>The container was refused, for a reason in the specification's taxonomy. Nothing else counts as a refusal.</summary>
    /// <param name="Class">For example <c>page</c>; null where the implementation declares no error detail.</param>
    /// <param name="Code">For example <c>checksum-mismatch</c>.</param>
    /// <param name="Page">The page at fault, where it is known.</param>
    internal sealed record Reject(string? Class, string? Code, long? Page) : Answer
    {
        public override string ToString() => Class is null ? "a rejection" : $"a rejection with {Class}.{Code ?? "*"}";
    }

    /// <summary>The implementation does not offer this, and says so.</summary>
    internal sealed record Unsupported(string Reason) : Answer
    {
        public override string ToString() => $"'unsupported' ({Reason})";
    }

    /// <summary>Something went wrong that is no statement about the container.</summary>
    internal sealed record Error(string Message) : Answer
    {
        public override string ToString() => $"an error: {Message}";
    }

    /// <summary>The program ended, or wrote something that is no reply.</summary>
    internal sealed record Crashed(string Detail) : Answer
    {
        public override string ToString() => $"a crash: {Detail}";
    }

    /// <summary>No reply came in time.</summary>
    internal sealed record TimedOut(int Seconds) : Answer
    {
        public override string ToString() => $"nothing within {Seconds} s";
    }

    /// <summary>The program grew beyond its cap.</summary>
    internal sealed record OutOfMemory(int Megabytes) : Answer
    {
        public override string ToString() => $"more than {Megabytes} MB of memory in use";
    }
}
