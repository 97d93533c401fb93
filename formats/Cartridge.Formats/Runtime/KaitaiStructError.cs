namespace Kaitai;

/// <summary>What all errors of generated parsers have in common.</summary>
public class KaitaiStructError : Exception
{
    /// <summary>Says what is wrong and where the description asks for it.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="srcPath">The path of the element in the description, as in <c>/types/node/seq/3</c>; may be empty.</param>
    public KaitaiStructError(string message, string srcPath)
        : base(srcPath.Length == 0 ? message : $"{srcPath}: {message}") =>
        SrcPath = srcPath;

    /// <summary>The path of the element in the description, as in <c>/types/node/seq/3</c>; may be empty.</summary>
    public string SrcPath { get; }
}

/// <summary>More bytes were asked for than there are.</summary>
public class EndOfStreamError : KaitaiStructError
{
    /// <summary>Says what was asked for; the stream does not know for which element.</summary>
    /// <param name="message">What was asked for and what is there.</param>
    public EndOfStreamError(string message)
        : base(message, "")
    {
    }
}
