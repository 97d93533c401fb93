using System.Runtime.InteropServices;

namespace Cartridge.Cli;

/// <summary>The operating system refused a call: which thing, and why, on one line.</summary>
internal sealed class SystemRefusal : IOException
{
    private const int NoEntry = 2; // ENOENT
    private const int AlreadyExists = 17; // EEXIST
    private const int NotAFolder = 20; // ENOTDIR
    private const int IsAFolder = 21; // EISDIR
    private const int TooManyLinks = 40; // ELOOP, which O_NOFOLLOW answers for a link

    private static readonly int[] Hopeless = [5, 27, 28, 30, 122]; // EIO, EFBIG, ENOSPC, EROFS, EDQUOT

    /// <summary>Makes the refusal of a call that set <c>errno</c>.</summary>
    /// <param name="what">What could not be done, naming the thing.</param>
    /// <param name="error">The error number.</param>
    public SystemRefusal(string what, int error)
        : base($"{what}: {Marshal.GetPInvokeErrorMessage(error)}") => Error = error;

    /// <summary>The error number, <c>errno</c>.</summary>
    public int Error { get; }

    /// <summary>The thing is not there.</summary>
    public bool IsMissing => Error is NoEntry or NotAFolder;

    /// <summary>Something has that name already.</summary>
    public bool IsTaken => Error == AlreadyExists;

    /// <summary>What should be a folder, and no link, is not.</summary>
    public bool IsNoFolder => Error is NotAFolder or TooManyLinks;

    /// <summary>What should not be a folder is one.</summary>
    public bool IsFolder => Error == IsAFolder;

    /// <summary>No further attempt on this disk will fare better.</summary>
    public bool IsHopeless => Hopeless.Contains(Error);

    /// <summary>The refusal of the call that came last on this thread.</summary>
    public static SystemRefusal Last(string what) => new(what, Marshal.GetLastPInvokeError());
}
