using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>One writer at a time, whoever it is; and a writer that dies takes its lock with it.</summary>
public sealed class SecondWriterTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_writer_of_the_same_process_is_told_that_the_container_is_busy()
    {
        var path = _folder.Container();
        using (CartridgeFile.Open(path))
        {
            Assert.Equal(ErrorCode.Busy, Assert.Throws<CartridgeException>(() => CartridgeFile.Open(path)).Code);
            Assert.Equal(
                ErrorCode.Busy,
                Assert.Throws<CartridgeException>(() => CartridgeFile.Open(path, new() { LockTimeout = TimeSpan.FromMilliseconds(20) })).Code);

            // Reading needs no lock that anybody waits for.
            using var reader = CartridgeFile.Open(path, new() { ReadOnly = true });
            Assert.Equal("content"u8, reader.Read("file"));
        }

        CartridgeFile.Open(path).Dispose();
    }

    [ToolFact("dotnet")]
    public void So_is_one_of_another_process()
    {
        var path = _folder.Container();
        using (CartridgeFile.Open(path))
        {
            Assert.Equal("api.busy", _folder.Elsewhere("write", path));
            Assert.Equal("done", _folder.Elsewhere("read", path));
        }

        Assert.Equal("done", _folder.Elsewhere("write", path));
        using var container = CartridgeFile.Open(path);
        Assert.Equal("by another process"u8, container.Read("written"));
    }

    [Fact]
    public async Task A_writer_that_waits_gets_its_turn()
    {
        var path = _folder.Container();
        var first = CartridgeFile.Open(path);
        var second = Task.Run(() => CartridgeFile.Open(path, new() { LockTimeout = TimeSpan.FromMinutes(1) }));
        first.Write("first", "was here"u8);
        first.Dispose();
        using var container = await second;
        Assert.Equal("was here"u8, container.Read("first"));
    }

    [ToolFact("dotnet")]
    public void A_killed_writer_leaves_its_commits_and_its_lock()
    {
        var path = _folder.Container();
        _folder.Elsewhere("die", path);
        using (var container = CartridgeFile.Open(path))
        {
            Assert.Equal(["acknowledged", "file"], container.List().Select(entry => entry.Path));
            container.Write("next", "writer"u8);
        }

        Assert.Empty(Verifier.Verify(path).Findings);
    }
}
