using Cartridge.Testing;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>A real file system that is really full.</summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int Mebibyte = 1 << 20;
    private readonly Folder _folder = new();
    private string? _mounted;

    public void Dispose()
    {
        if (_mounted is not null)
        {
            ChildProcess.Run("umount", [_mounted]);
        }

        _folder.Dispose();
    }

    [ToolFact("mount", "umount")]
    public void A_full_disk_refuses_a_write_and_harms_nothing()
    {
        if (!TryMount())
        {
            output.WriteLine("Not looked at: this user may not mount a file system.");
            return;
        }

        var other = Path.Combine(_mounted!, "other");
        File.WriteAllBytes(other, new byte[2 * Mebibyte]);
        var path = Path.Combine(_mounted!, "x.cart");
        var model = ModelContainer.Empty;
        using (var container = new CartridgeBuilder().Slug("x").Create(path))
        {
            var refusal = Assert.Throws<IOException>(() =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    container.Write($"file {i}", new Payload(i, 50_000).ToArray());
                    model = ModelContainer.Of(container);
                }
            });
            output.WriteLine($"{model.Entries.Count} files, then: {refusal.Message}");
            Assert.InRange(model.Entries.Count, 10, 50);

            // Nothing has changed: not for this handle, not for others, and nothing is damaged.
            Assert.Equal(model, ModelContainer.Of(container));
            ExpectOnDisk(path, model);

            // With room again the same handle goes on.
            File.Delete(other);
            container.Write("after", new Payload(1, 50_000).ToArray());
            container.Delete("file 0");
            model = ModelContainer.Of(container);
            Assert.Contains("after", model.Entries.Keys);
        }

        ExpectOnDisk(path, model);
    }

    private static void ExpectOnDisk(string path, ModelContainer model)
    {
        Assert.Empty(Verifier.Verify(path).Findings);
        using var reader = CartridgeFile.Open(path, new() { ReadOnly = true });
        Assert.Equal(model, ModelContainer.Of(reader));
    }

    private bool TryMount()
    {
        var at = Directory.CreateDirectory(_folder["disk"]).FullName;
        if (ChildProcess.Run("mount", ["-t", "tmpfs", "-o", $"size={4 * Mebibyte}", "none", at]).ExitCode == 0)
        {
            _mounted = at;
        }

        return _mounted is not null;
    }
}
