using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Many small new files that become durable together.</summary>
internal sealed class ManyFilesGroup() : PairedGroup("many-files", pairs: 60, warmUps: 60)
{
    private const int Files = 1000;
    private const int FileSize = 4 * Units.KiB;

    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) =>
        new Case(Catalogue.ChecksumIn(comparison.Name), Catalogue.IsOnDisk(comparison.Name));

    private sealed class Case(ContentChecksum checksum, bool onDisk) : Pair
    {
        private readonly byte[] _bytes = Material.Bytes(Files * FileSize);
        private readonly string[] _paths = [.. Enumerable.Range(0, Files).Select(i => $"folder/file-{i:0000}")];

        /// <inheritdoc/>
        public override TimeSpan Subject()
        {
            using var container = Material.Container(onDisk, new OpenOptions { Durability = Durability.Deferred }, checksum);
            return Time(() =>
            {
                for (var i = 0; i < Files; i++)
                {
                    container.Write(_paths[i], BytesOf(i));
                }

                container.Flush();
            });
        }

        /// <inheritdoc/>
        public override TimeSpan Yardstick()
        {
            if (!onDisk)
            {
                var memory = new byte[_bytes.Length];
                return Time(() => Put(BytesOfInto(memory)));
            }

            using var file = File.OpenHandle(Workspace.Current.NewPath(".raw"), FileMode.CreateNew, FileAccess.ReadWrite);
            return Time(() =>
            {
                Put(i => RandomAccess.Write(file, BytesOf(i), (long)i * FileSize));
                RandomAccess.FlushToDisk(file);
            });
        }

        /// <inheritdoc/>
        public override void Dispose()
        {
            // Each turn has closed what it opened.
        }

        private Action<int> BytesOfInto(byte[] memory) => i => BytesOf(i).CopyTo(memory.AsSpan(i * FileSize));

        private void Put(Action<int> write)
        {
            for (var i = 0; i < Files; i++)
            {
                _ = Material.Checksum(checksum, BytesOf(i));
                write(i);
            }
        }

        private ReadOnlySpan<byte> BytesOf(int file) => _bytes.AsSpan(file * FileSize, FileSize);
    }
}
