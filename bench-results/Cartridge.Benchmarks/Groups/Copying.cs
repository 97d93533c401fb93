using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>What copies a whole container, in memory: sending, receiving, salvaging, compacting.</summary>
internal sealed class CopyingGroup() : PairedGroup("copying", pairs: 15)
{
    /// <summary>The case that sends.</summary>
    public const string Sending = "send";

    /// <summary>The case that receives.</summary>
    public const string Receiving = "receive";

    /// <summary>The case that salvages.</summary>
    public const string Salvaging = "salvage";

    /// <summary>The case that compacts.</summary>
    public const string Compacting = "compact";

    private const int FileSize = Units.MiB;
    private const int Files = 128;
    private const int QuickFiles = 8;

    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan) => new Case(comparison.Name, plan.IsQuick ? QuickFiles : Files);

    private sealed class Case : Pair
    {
        private readonly string _name;
        private readonly MemoryMedium _medium = new();
        private readonly byte[] _bytes = Material.Bytes(FileSize);
        private readonly int _files;
        private readonly MemoryStream _stream = new();

        public Case(string name, int files)
        {
            (_name, _files) = (name, files);
            using var container = new CartridgeBuilder().Slug("benchmark").Create(_medium);
            Fill(container, files);
            if (name == Receiving)
            {
                container.Send(_stream);
            }
        }

        /// <inheritdoc/>
        public override TimeSpan Subject()
        {
            using var target = new MemoryMedium();
            switch (_name)
            {
                case Sending:
                    using (var source = CartridgeFile.Open(_medium, new OpenOptions { ReadOnly = true }))
                    {
                        return Time(() => source.Send(Stream.Null));
                    }

                case Receiving:
                    using (var container = new CartridgeBuilder().Slug("copy").Create(target))
                    {
                        _stream.Position = 0;
                        return Time(() => container.Receive(_stream));
                    }

                case Salvaging:
                    return Time(() => Salvager.Salvage(_medium, builder => builder.Create(target)));
                default:
                    // Every second file is gone, so half of what is left has to move.
                    using (var container = new CartridgeBuilder().Slug("holes").Create(target))
                    {
                        Fill(container, 2 * _files);
                        for (var i = 0; i < 2 * _files; i += 2)
                        {
                            container.Delete(PathOf(i));
                        }

                        return Time(() =>
                        {
                            while (!container.Compact().IsComplete)
                            {
                                // Each step is a commit of its own.
                            }
                        });
                    }
            }
        }

        /// <inheritdoc/>
        public override TimeSpan Yardstick()
        {
            using var source = CartridgeFile.Open(_medium, new OpenOptions { ReadOnly = true });
            if (_name == Sending)
            {
                return Time(() =>
                {
                    foreach (var entry in source.List())
                    {
                        _ = SHA256.HashData(source.Read(entry.Path));
                    }
                });
            }

            using var target = new MemoryMedium();
            using var container = new CartridgeBuilder().Slug("copy").Create(target);
            return Time(() =>
            {
                using var transaction = container.BeginTransaction();
                foreach (var entry in source.List())
                {
                    container.Write(entry.Path, source.Read(entry.Path));
                }

                transaction.Commit();
            });
        }

        /// <inheritdoc/>
        public override void Dispose()
        {
            _medium.Dispose();
            _stream.Dispose();
        }

        private static string PathOf(int i) => $"folder/file-{i:000}";

        private void Fill(CartridgeFile container, int files)
        {
            using var transaction = container.BeginTransaction();
            for (var i = 0; i < files; i++)
            {
                _bytes[0] = (byte)i;
                container.Write(PathOf(i), _bytes);
            }

            transaction.Commit();
        }
    }
}
