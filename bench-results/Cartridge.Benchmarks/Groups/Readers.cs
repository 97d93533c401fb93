using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>As many readers as there are cores, at once, beside one reader alone.</summary>
internal sealed class ReadersGroup() : PairedGroup("readers", pairs: 30, warmUps: 3)
{
    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) => new Case(isShared: comparison.Name == "one-handle");

    private sealed class Case : Pair
    {
        private const int Files = 16;
        private const int FileSize = 4 * Units.MiB;

        private readonly CartridgeFile _shared;
        private readonly CartridgeView[] _views;

        public Case(bool isShared)
        {
            var path = Workspace.Current.NewPath(".cart");
            using (var container = new CartridgeBuilder().Slug("benchmark").Create(path))
            {
                for (var i = 0; i < Files; i++)
                {
                    container.Write(PathOf(i), Material.Bytes(FileSize));
                }
            }

            // A cache too small for what is read: each chunk is read and proved anew.
            var options = new OpenOptions { CacheBytes = 4 * Units.MiB };
            _shared = CartridgeFile.OpenReadOnly(path, options);
            _views =
            [
                .. Enumerable.Range(0, Environment.ProcessorCount)
                    .Select(_ => isShared ? (CartridgeView)_shared.OpenReader() : CartridgeFile.OpenReadOnly(path, options)),
            ];
        }

        /// <inheritdoc/>
        public override TimeSpan Subject() => Time(() => Parallel.ForEach(
            _views, new ParallelOptions { MaxDegreeOfParallelism = _views.Length }, ReadAll));

        /// <inheritdoc/>
        public override TimeSpan Yardstick() => Time(() => ReadAll(_views[0]));

        /// <inheritdoc/>
        public override void Dispose()
        {
            foreach (var view in _views)
            {
                view.Dispose();
            }

            _shared.Dispose();
        }

        private static string PathOf(int file) => $"file-{file}";

        private static void ReadAll(CartridgeView view)
        {
            var buffer = new byte[FileSize];
            for (var i = 0; i < Files; i++)
            {
                _ = view.ReadAt(PathOf(i), 0, buffer);
            }
        }
    }
}
