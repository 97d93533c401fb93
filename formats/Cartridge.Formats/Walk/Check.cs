using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Cartridge.Formats.Generated;
using Kaitai;

namespace Cartridge.Formats.Walk;

/// <summary>
/// The two ways in which a walk finds a fault: a condition of its own does not hold, or a generated parser does not get on. One check is
/// one line, with the requirement and the error that it stands for.
/// </summary>
internal static class Check
{
    /// <summary>Goes on only if a condition holds.</summary>
    internal static void Require(
        [DoesNotReturnIf(false)] bool condition,
        string? requirement,
        string code,
        ulong? page,
        [InterpolatedStringHandlerArgument(nameof(condition))] FaultMessage message)
    {
        if (!condition)
        {
            throw new WalkException(requirement, code, page, message.ToString());
        }
    }

    /// <summary>
    /// Runs a generated parser. Where a value is not what the description demands, the description also says which error that is; where
    /// the bytes end too early, it depends on what is parsed, and the caller says it.
    /// </summary>
    internal static T Parse<T>(ulong? page, string requirement, string code, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (ValidationFailedError error) when (Cartridge3Faults.Find(error.SrcPath) is { } fault)
        {
            throw new WalkException(fault.Requirement, fault.Fault, page, $"{fault.Field}, {error.Message}", error);
        }
        catch (KaitaiStructError error)
        {
            throw new WalkException(requirement, code, page, error.Message, error);
        }
    }

    /// <summary>Bytes that must be zero.</summary>
    internal static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);
}

/// <summary>The message of a fault, put together only where there is a fault.</summary>
[InterpolatedStringHandler]
internal ref struct FaultMessage
{
    private DefaultInterpolatedStringHandler _text;

    public FaultMessage(int literalLength, int formattedCount, bool condition, out bool isNeeded)
    {
        isNeeded = !condition;
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
