using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Making a snapshot of a large container beside making one of a small container.</summary>
internal sealed class SnapshotsGroup() : PairedGroup("snapshots", pairs: 60, warmUps: 20)
{
    private const int FewFiles = 10;

    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) => new Case();

    private sealed class Case : Pair
    {
        private readonly string _largePath = Workspace.Current.NewPath(".cart");
        private readonly string _smallPath = Workspace.Current.NewPath(".cart");
        private readonly CartridgeFile _large;
        private readonly CartridgeFile _small;
        private int _made;

        public Case()
        {
            // The million paths are for other groups, too.
            File.Copy(MillionPaths.File, _largePath);
            _large = CartridgeFile.Open(_largePath);
            _small = new CartridgeBuilder().Slug("few").Create(_smallPath);
            for (var i = 0; i < FewFiles; i++)
            {
                _small.Write($"document-{i:0000}.txt", "a small file"u8);
            }
        }

        /// <inheritdoc/>
        public override TimeSpan Subject() => TimeOf(_large);

        /// <inheritdoc/>
        public override TimeSpan Yardstick() => TimeOf(_small);

        /// <inheritdoc/>
        public override void Dispose()
        {
            _large.Dispose();
            _small.Dispose();
            File.Delete(_largePath);
            File.Delete(_smallPath);
        }

        // Each is deleted again, so that both containers always hold as many.
        private TimeSpan TimeOf(CartridgeFile container)
        {
            var name = $"snapshot-{_made++}";
            var time = Time(() => container.CreateSnapshot(name));
            container.DeleteSnapshot(name);
            return time;
        }
    }
}
