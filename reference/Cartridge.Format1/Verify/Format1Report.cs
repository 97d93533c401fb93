using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>How <see cref="Format1Verifier"/> verifies.</summary>
public sealed record Format1VerifyOptions
{
    /// <summary>The key of encrypted files, 32 bytes; without it they are not decrypted.</summary>
    public ReadOnlyMemory<byte>? Key { get; init; }

    /// <summary>Ids of requirements that are not checked, their conditions included; it makes no container valid.</summary>
    public IReadOnlySet<string> SwitchedOff { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>After so many findings one more says <c>limit.exceeded</c>, and the verification ends.</summary>
    public int MaxFindings { get; init; } = 10_000;
}

/// <summary>What a verification of a container of format 1 found.</summary>
public sealed record Format1Report
{
    /// <summary>All that was found, in the order of the specification.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether the container is valid: there is no error. Notes do not count; few containers of format 1 are without.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != Severity.Error);

    /// <summary>The entries that could be read.</summary>
    public required IReadOnlyList<Format1Entry> Entries { get; init; }

    /// <summary>How the catalog is encoded.</summary>
    public required Format1Encoding Encoding { get; init; }

    /// <summary>Pages that the container counts on.</summary>
    public required ulong TotalBlocks { get; init; }

    /// <summary>
    /// What each page of the file serves, in order: <c>header</c>, <c>catalog</c>, <c>allocator</c>, <c>chunk:</c>, a path,
    /// <c>#</c> and the block's number in the content, <c>free</c>, or <c>unowned</c> if it is given out and nobody has it.
    /// </summary>
    public required IReadOnlyList<PageOwner> PageOwners { get; init; }
}
