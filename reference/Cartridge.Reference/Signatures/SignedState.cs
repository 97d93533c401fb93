namespace Cartridge.Reference;

/// <summary>What a signature is about: one state of one container.</summary>
/// <param name="Container">The container's id.</param>
/// <param name="Generation">The state's generation.</param>
/// <param name="StateHash">The state hash as 64 hexadecimal digits.</param>
/// <param name="Checksum">The checksum of the container's content; without SHA-256 the state hash vouches for no content.</param>
public sealed record SignedState(ContainerId Container, ulong Generation, string StateHash, ContentChecksum Checksum)
{
    /// <summary>Whether text can be a state hash: 64 hexadecimal digits.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsStateHash(string text) =>
        text is { Length: 2 * Format.HashLength } && text.All(char.IsAsciiHexDigit);

    /// <summary>Refuses a container that is not in the state that is wanted.</summary>
    /// <param name="expected">The state hash that is wanted, 64 hexadecimal digits in either case.</param>
    /// <exception cref="CartridgeException"><c>container.other-state</c>; <c>api.bad-argument</c>: that is no hash.</exception>
    public void RequireHash(string expected)
    {
        if (!IsStateHash(expected))
        {
            throw new CartridgeException(ErrorCode.BadArgument, "A state hash has 64 hexadecimal digits.");
        }

        if (!string.Equals(expected, StateHash, StringComparison.OrdinalIgnoreCase))
        {
            throw new CartridgeException(
                ErrorCode.OtherState, $"{ErrorCode.OtherState}: the state hash is {StateHash}, not {expected.ToLowerInvariant()}.");
        }
    }
}
