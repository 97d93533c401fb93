using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>What is done with a difference beside what is done with everything.</summary>
internal sealed class DifferencesGroup() : PairedGroup("differences", pairs: 15)
{
    /// <summary>The case that compares.</summary>
    public const string Comparing = "diff";

    /// <summary>The case that sends.</summary>
    public const string Sending = "send";

    private const int Files = 10_000;
    private const int QuickFiles = 200;
    private const int Changes = 16;
    private const int FileSize = 16 * Units.KiB;

    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) =>
        new Case(comparison.Name == Sending, plan.IsQuick ? QuickFiles : Files);

    private sealed class Case : Pair
    {
        private readonly bool _sends;
        private readonly CartridgeFile _container = Material.Container(onDisk: false, new OpenOptions { CacheBytes = 0 }, ContentChecksum.Sha256);
        private readonly ContentSum _sum;

        public Case(bool sends, int files)
        {
            _sends = sends;
            var bytes = Material.Bytes(FileSize);
            Write(Enumerable.Range(0, files), bytes);
            _container.CreateSnapshot("before");
            Write(Enumerable.Range(0, Changes).Select(i => i * (files / Changes)), bytes.AsSpan(1).ToArray());
            _container.CreateSnapshot("after");
            _sum = _container.SumContent("before");
        }

        /// <inheritdoc/>
        public override TimeSpan Subject() => Time(() =>
        {
            if (_sends)
            {
                _container.Send(Stream.Null, from: "before", to: "after", known: _sum);
            }
            else if (_container.Diff("before", "after").Count() != Changes)
            {
                throw new InvalidOperationException("There are other differences.");
            }
        });

        /// <inheritdoc/>
        public override TimeSpan Yardstick() => Time(() =>
        {
            if (_sends)
            {
                _container.Send(Stream.Null, to: "after");
            }
            else
            {
                foreach (var name in (string[])["before", "after"])
                {
                    using var reader = _container.OpenSnapshot(name);
                    _ = reader.List().Count();
                }
            }
        });

        /// <inheritdoc/>
        public override void Dispose() => _container.Dispose();

        private void Write(IEnumerable<int> numbers, byte[] bytes)
        {
            using var transaction = _container.BeginTransaction();
            foreach (var i in numbers)
            {
                _container.Write($"folder-{i / 100:000}/file-{i % 100:00}", bytes);
            }

            transaction.Commit();
        }
    }
}
