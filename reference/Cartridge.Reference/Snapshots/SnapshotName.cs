namespace Cartridge.Reference;

/// <summary>Names of snapshots, for people and programs (spec/12-snapshots.md, "Names").</summary>
internal static class SnapshotName
{
    /// <summary>What no name begins with, so that programs have room for words of their own, such as <c>@current</c>.</summary>
    public const byte Mark = (byte)'@';

    /// <summary>Whether bytes are a name: 1 to 255 bytes of UTF-8 without control characters, not beginning with '@'.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name) =>
        name.Length is >= 1 and <= Format.MaxShortText && name[0] != Mark && Text.IsUtf8(name)
        && !name.ContainsAnyInRange((byte)0, (byte)0x1F) && !name.Contains((byte)0x7F);

    /// <summary>The bytes of a name that somebody asks for.</summary>
    /// <exception cref="CartridgeException"><c>snapshot.bad-name</c>.</exception>
    public static byte[] Encode(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bytes = Text.Encode(name, ErrorCode.SnapshotBadName, "The snapshot's name");
        return IsValid(bytes)
            ? bytes
            : throw new CartridgeException(
                ErrorCode.SnapshotBadName, $"A snapshot's name has 1 to {Format.MaxShortText} bytes of UTF-8, no control characters, and does not begin with '@'; \"{Text.Brief(bytes)}\" is none.");
    }
}
