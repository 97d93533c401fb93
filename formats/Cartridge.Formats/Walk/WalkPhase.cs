namespace Cartridge.Formats.Walk;

/// <summary>How far into a container a walk goes, and how far one came that found a fault.</summary>
public enum WalkPhase
{
    /// <summary>Identity and commit records: what decides which state the container is in, and whether it can be opened.</summary>
    Open,

    /// <summary>Trees and content: everything that listing and reading touches.</summary>
    Access,

    /// <summary>Space: what only matters to a writer, and to whoever wants to know whether the container is in order.</summary>
    Verify,
}
