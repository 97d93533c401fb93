using System.Globalization;
using System.Text;

namespace Cartridge.Reference;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; the container is valid.</summary>
    Note,

    /// <summary>The container is valid, yet something was lost or is in danger: a torn last commit, say.</summary>
    Warning,

    /// <summary>The container is not valid.</summary>
    Error,
}

/// <summary>One thing that is wrong with a container, and where.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Requirement">The id of the violated requirement, for example <c>CART-PAG-004</c>.</param>
/// <param name="Code">The error code.</param>
/// <param name="Page">The page, if one is to blame.</param>
/// <param name="Offset">The offset of the field within the page, in bytes, if one is to blame.</param>
/// <param name="Owner">What the page serves: a path, a tree, the free map.</param>
/// <param name="Message">The finding for people.</param>
public sealed record Finding(
    Severity Severity, string Requirement, ErrorCode Code, long? Page, int? Offset, string? Owner, string Message)
{
    /// <summary>The finding on one line: code, place, message and requirement.</summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{Severity.ToString().ToLowerInvariant()} {Code}");
        if (Page is { } page)
        {
            line.Append(CultureInfo.InvariantCulture, $" page {page}");
        }

        if (Offset is { } offset)
        {
            line.Append(CultureInfo.InvariantCulture, $" offset {offset}");
        }

        if (Owner is not null)
        {
            line.Append(CultureInfo.InvariantCulture, $" ({Owner})");
        }

        return line.Append(CultureInfo.InvariantCulture, $": {Message} [{Requirement}]").ToString();
    }
}
