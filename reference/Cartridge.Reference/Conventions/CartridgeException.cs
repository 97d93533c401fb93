namespace Cartridge.Reference;

/// <summary>
/// The one exception of this library: the container is not valid, or an operation cannot be carried out on it.
/// What the operating system refuses arrives as <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
public sealed class CartridgeException : Exception
{
    /// <summary>Makes an exception for an operation that cannot be carried out.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">What is wrong, naming the thing.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public CartridgeException(ErrorCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>Makes an exception for a container that is not valid.</summary>
    /// <param name="finding">What is wrong with it, and where.</param>
    public CartridgeException(Finding finding)
        : base((finding ?? throw new ArgumentNullException(nameof(finding))).ToString())
    {
        Code = finding.Code;
        Finding = finding;
    }

    /// <summary>The error code, for programs.</summary>
    public ErrorCode Code { get; }

    /// <summary>The finding behind the error, when the container itself is at fault.</summary>
    public Finding? Finding { get; }
}
