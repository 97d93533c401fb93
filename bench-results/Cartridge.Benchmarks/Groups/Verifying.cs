using System.Diagnostics;
using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Verifying a container of large files.</summary>
internal sealed class VerifyingGroup() : PairedGroup("verify", pairs: 15)
{
    private const int FileSize = 16 * Units.MiB;
    private const int Files = 16;
    private const int QuickFiles = 2;

    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) =>
        new Case(Catalogue.IsOnDisk(comparison.Name), plan.IsQuick ? QuickFiles : Files);

    private sealed class Case : Pair
    {
        private readonly byte[] _bytes = Material.Bytes(FileSize);
        private readonly int _files;
        private readonly IMedium _medium;

        public Case(bool onDisk, int files)
        {
            _files = files;
            var path = Workspace.Current.NewPath(".cart");
            var builder = new CartridgeBuilder().Slug("benchmark");
            _medium = onDisk ? Created(builder, path) : new MemoryMedium();
            var container = onDisk ? CartridgeFile.Open(path) : builder.Create(_medium);
            using (container)
            using (var transaction = container.BeginTransaction())
            {
                for (var i = 0; i < files; i++)
                {
                    container.Write($"folder/file-{i:00}", _bytes);
                }

                transaction.Commit();
            }
        }

        /// <inheritdoc/>
        public override TimeSpan Subject() => ProcessorTime(() =>
        {
            if (!Verifier.Verify(_medium).IsValid)
            {
                throw new InvalidOperationException("The container is not valid.");
            }
        });

        /// <inheritdoc/>
        public override TimeSpan Yardstick() => ProcessorTime(() =>
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            for (var i = 0; i < _files; i++)
            {
                SHA256.HashData(_bytes, hash);
            }
        });

        /// <inheritdoc/>
        public override void Dispose() => _medium.Dispose();

        private static FileMedium Created(CartridgeBuilder builder, string path)
        {
            builder.Create(path).Dispose();
            return FileMedium.Open(path, readOnly: true);
        }

        /// <summary>
        /// The time that all cores together worked: whoever verifies with two cores in half the time is not twice as fast in
        /// this sense, and whoever waits for the processor is not slower.
        /// </summary>
        private static TimeSpan ProcessorTime(Action work)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            work();
            process.Refresh();
            return process.TotalProcessorTime - before;
        }
    }
}
