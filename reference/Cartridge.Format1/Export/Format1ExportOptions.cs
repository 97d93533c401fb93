namespace Cartridge.Format1;

/// <summary>How a container is exported.</summary>
public sealed record Format1ExportOptions
{
    /// <summary>The key under which the contents of an encrypted container are encrypted, 32 bytes; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Key { get; init; }

    /// <summary>Whether the contents of an encrypted container are written as they are, for everybody to read (CART-ONE-117).</summary>
    public bool Decrypts { get; init; }

    /// <summary>Whether what format 1 cannot hold is left out, and the rest written.</summary>
    public bool SkipsUnsupported { get; init; }

    /// <summary>Whether all is checked and nothing written.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Called before each entry is written; what it throws ends the export, and nothing is left of it.</summary>
    public Action<string>? OnEntry { get; init; }

    /// <summary>Called after each portion of content, with its length in bytes; what it throws ends the export.</summary>
    public Action<int>? OnPortion { get; init; }
}
