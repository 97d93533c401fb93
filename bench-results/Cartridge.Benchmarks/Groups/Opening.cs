using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Opening a large container.</summary>
internal sealed class OpeningGroup() : PairedGroup("opening", pairs: 100)
{
    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) => new Case(comparison.Name == "writer");

    private sealed class Case : Pair
    {
        private readonly bool _writes;
        private readonly byte[] _head = new byte[Format.FixedBlocks * Format.PageSize];
        private readonly string _copy = Workspace.Current.NewPath(".raw");

        public Case(bool writes)
        {
            _writes = writes;

            // The yardstick writes, and not into the container.
            File.Copy(MillionPaths.File, _copy);
        }

        /// <inheritdoc/>
        public override TimeSpan Subject()
        {
            CartridgeFile? container = null;
            var time = Time(() => container = CartridgeFile.Open(MillionPaths.File, new OpenOptions { ReadOnly = !_writes }));
            container!.Dispose();
            return time;
        }

        /// <inheritdoc/>
        public override TimeSpan Yardstick() => Time(() =>
        {
            using var file = File.OpenHandle(_copy, FileMode.Open, _writes ? FileAccess.ReadWrite : FileAccess.Read);
            _ = RandomAccess.Read(file, _head, 0);
            if (_writes)
            {
                RandomAccess.Write(file, _head.AsSpan(Format.PageSize, Format.PageSize), Format.PageSize);
                RandomAccess.FlushToDisk(file);
            }
        });

        /// <inheritdoc/>
        public override void Dispose() => File.Delete(_copy);
    }
}
