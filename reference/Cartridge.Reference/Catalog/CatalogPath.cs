namespace Cartridge.Reference;

/// <summary>
/// Paths: segments between slashes, compared byte by byte. What could lead a careless extractor astray cannot be a path at
/// all (spec/07-catalog.md, "Paths").
/// </summary>
internal static class CatalogPath
{
    private const byte Slash = (byte)'/';

    /// <summary>Checks the bytes of a path.</summary>
    public static bool Check(ReadOnlySpan<byte> path, Place at, Checker c)
    {
        var ok = c.Skips(CatalogRule.PathLength) || path.Length is >= 1 and <= Format.MaxPathLength
            || c.Fault(CatalogRule.PathLength, at, $"a path of {path.Length} bytes; 1 to {Format.MaxPathLength} are allowed");
        ok &= c.Skips(CatalogRule.PathText) || Text.IsUtf8(path)
            || c.Fault(CatalogRule.PathText, at, $"the path {Text.Brief(path)} is not UTF-8");
        ok &= c.Skips(CatalogRule.EmptySegment) || !HasEmptySegment(path)
            || c.Fault(CatalogRule.EmptySegment, at, $"the path {Text.Brief(path)} has an empty segment");
        ok &= c.Skips(CatalogRule.DotSegment) || !HasDotSegment(path)
            || c.Fault(CatalogRule.DotSegment, at, $"the path {Text.Brief(path)} has a segment . or ..");
        ok &= c.Skips(CatalogRule.PathNul) || !path.Contains((byte)0)
            || c.Fault(CatalogRule.PathNul, at, $"the path {Text.Brief(path)} has a NUL");
        return ok;
    }

    /// <summary>The bytes of a path that a caller gives, or an error that says what is wrong with it.</summary>
    /// <exception cref="CartridgeException"><c>catalog.bad-path</c>.</exception>
    public static byte[] Encode(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = Text.Encode(path, ErrorCode.BadPath, "The path");
        Require(bytes);
        return bytes;
    }

    /// <summary>Refuses bytes that are no path.</summary>
    /// <exception cref="CartridgeException"><c>catalog.bad-path</c>.</exception>
    public static void Require(ReadOnlySpan<byte> path)
    {
        try
        {
            Check(path, default, new StrictChecker());
        }
        catch (CartridgeException e) when (e.Finding is { } finding)
        {
            throw new CartridgeException(ErrorCode.BadPath, Sentence(finding.Message), e);
        }
    }

    private static bool HasEmptySegment(ReadOnlySpan<byte> path) =>
        path.IsEmpty || path[0] == Slash || path[^1] == Slash || path.IndexOf("//"u8) >= 0;

    private static bool HasDotSegment(ReadOnlySpan<byte> path)
    {
        foreach (var range in path.Split(Slash))
        {
            if (path[range] is [(byte)'.'] or [(byte)'.', (byte)'.'])
            {
                return true;
            }
        }

        return false;
    }

    private static string Sentence(string message) => $"{char.ToUpperInvariant(message[0])}{message[1..]}.";
}
