using Cartridge.Reference;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Benchmarks;

/// <summary>Overwrites that are durable when they return.</summary>
internal sealed class DurableOverwriteGroup() : PairedGroup("durable-overwrite", pairs: 1000, warmUps: 5000)
{
    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) =>
        new Case((byte)(comparison.Name == "4KiB-chunks" ? Format.MinChunkShift : Format.DefaultChunkShift));

    private sealed class Case : Pair
    {
        private const string Path = "folder/file";
        private const int FileSize = 16 * Units.MiB;
        private const int PartSize = 4 * Units.KiB;

        private readonly byte[] _bytes = Material.Bytes(PartSize);
        private readonly TracingMedium _medium;
        private readonly CartridgeFile _container;
        private readonly SafeFileHandle _plain;
        private Walk _parts = new(Material.Shuffled(FileSize / PartSize));
        private IReadOnlyList<Step> _steps = [];

        public Case(byte chunkShift)
        {
            var path = Workspace.Current.NewPath(".cart");
            new CartridgeBuilder().Slug("benchmark").Create(path).Dispose();
            _medium = new TracingMedium(FileMedium.Open(path, readOnly: false));
            _container = CartridgeFile.Open(_medium);
            _container.Write(Path, Material.Bytes(FileSize), new EntryMetadata { ChunkShift = chunkShift });

            // The plain file has the container's length and, like it, blocks of its own behind every byte.
            _plain = File.OpenHandle(Workspace.Current.NewPath(".raw"), FileMode.CreateNew, FileAccess.ReadWrite);
            var page = Material.Bytes(Units.MiB);
            for (long at = 0; at < _medium.Length; at += page.Length)
            {
                RandomAccess.Write(_plain, page, at);
            }

            RandomAccess.FlushToDisk(_plain);
        }

        /// <inheritdoc/>
        public override TimeSpan Subject()
        {
            _ = _medium.TakeSteps();
            var offset = (long)_parts.Next() * PartSize;
            var time = Time(() => _container.WriteAt(Path, offset, _bytes));
            _steps = _medium.TakeSteps();
            return time;
        }

        /// <inheritdoc/>
        public override TimeSpan Yardstick() => Time(() =>
        {
            foreach (var step in _steps)
            {
                step.Repeat(_plain);
            }
        });

        /// <inheritdoc/>
        public override void Dispose()
        {
            _plain.Dispose();
            _container.Dispose();
        }
    }
}
