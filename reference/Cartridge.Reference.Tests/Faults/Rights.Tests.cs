using System.Runtime.Versioning;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>What a user without rights is told: never a success, never another error than <c>api.access-denied</c>.</summary>
[SupportedOSPlatform("linux")]
public sealed class RightsTests : IDisposable
{
    private const UnixFileMode ForAllToRead = (UnixFileMode)0x1A4; // 0644
    private const UnixFileMode ForTheOwner = (UnixFileMode)0x180;  // 0600

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolFact("dotnet", "setpriv")]
    public void A_container_that_may_only_be_read_is_read_and_not_written()
    {
        var path = _folder.Container();
        File.SetUnixFileMode(path, ForAllToRead);
        var before = File.ReadAllBytes(path);
        Assert.Equal("done", _folder.Elsewhere("read", path, unprivileged: true));
        Assert.Equal("api.access-denied", _folder.Elsewhere("write", path, unprivileged: true));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [ToolFact("dotnet", "setpriv")]
    public void A_container_that_may_not_be_read_is_refused()
    {
        var path = _folder.Container();
        File.SetUnixFileMode(path, ForTheOwner);
        Assert.Equal("api.access-denied", _folder.Elsewhere("read", path, unprivileged: true));
    }

    [ToolFact("dotnet", "setpriv")]
    public void A_folder_that_may_not_be_written_takes_no_new_container()
    {
        var names = Directory.GetFiles(_folder.Path);
        Assert.Equal("api.access-denied", _folder.Elsewhere("create", _folder["new.cart"], unprivileged: true));
        Assert.Equal(names, Directory.GetFiles(_folder.Path));
    }
}
