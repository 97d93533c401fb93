namespace Kaitai;

/// <summary>A value is not what the description demands.</summary>
public class ValidationFailedError : KaitaiStructError
{
    /// <summary>Says which value, and where its bytes end.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="io">The stream, right behind the value.</param>
    /// <param name="srcPath">The path of the element in the description.</param>
    public ValidationFailedError(string message, KaitaiStream io, string srcPath)
        : base($"before offset {io.Pos}: {message}", srcPath) =>
        Pos = io.Pos;

    /// <summary>The offset right behind the value, in the stream that it was read from.</summary>
    public long Pos { get; }

    /// <summary>A value as a message shows it: bytes in hexadecimal, and not too many of them.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Its text.</returns>
    protected static string Show(object value)
    {
        const int Shown = 16;
        return value is not byte[] bytes ? $"{value}"
            : bytes.Length <= Shown ? Convert.ToHexStringLower(bytes)
            : $"{Convert.ToHexStringLower(bytes.AsSpan(0, Shown))}... ({bytes.Length} bytes)";
    }
}

/// <summary>A value differs from the one value that is allowed.</summary>
/// <param name="expected">What is allowed.</param>
/// <param name="actual">What is there.</param>
/// <param name="io">The stream, right behind the value.</param>
/// <param name="srcPath">The path of the element in the description.</param>
public class ValidationNotEqualError(object expected, object actual, KaitaiStream io, string srcPath)
    : ValidationFailedError($"expected {Show(expected)}, got {Show(actual)}", io, srcPath);

/// <summary>A value is too small.</summary>
/// <param name="min">The least that is allowed.</param>
/// <param name="actual">What is there.</param>
/// <param name="io">The stream, right behind the value.</param>
/// <param name="srcPath">The path of the element in the description.</param>
public class ValidationLessThanError(object min, object actual, KaitaiStream io, string srcPath)
    : ValidationFailedError($"expected at least {Show(min)}, got {Show(actual)}", io, srcPath);

/// <summary>A value is too great.</summary>
/// <param name="max">The most that is allowed.</param>
/// <param name="actual">What is there.</param>
/// <param name="io">The stream, right behind the value.</param>
/// <param name="srcPath">The path of the element in the description.</param>
public class ValidationGreaterThanError(object max, object actual, KaitaiStream io, string srcPath)
    : ValidationFailedError($"expected at most {Show(max)}, got {Show(actual)}", io, srcPath);

/// <summary>A number has no name in its enumeration.</summary>
/// <param name="actual">What is there.</param>
/// <param name="io">The stream, right behind the value.</param>
/// <param name="srcPath">The path of the element in the description.</param>
public class ValidationNotInEnumError(object actual, KaitaiStream io, string srcPath)
    : ValidationFailedError($"{Show(actual)} has no meaning here", io, srcPath);

/// <summary>A value does not satisfy the expression in the description.</summary>
/// <param name="actual">What is there.</param>
/// <param name="io">The stream, right behind the value.</param>
/// <param name="srcPath">The path of the element in the description.</param>
public class ValidationExprError(object actual, KaitaiStream io, string srcPath)
    : ValidationFailedError($"{Show(actual)} does not satisfy the condition", io, srcPath);
