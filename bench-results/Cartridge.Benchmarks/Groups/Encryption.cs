using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Cartridge.Reference;
using Cartridge.Testing;

namespace Cartridge.Benchmarks;

/// <summary>Encrypts and decrypts chunks as the engine does, each under a subkey of its own, beside AES-256-GCM under one key.</summary>
public class Encryption
{
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Associated = 45;

    private readonly byte[] _nonce = new byte[Nonce];
    private readonly byte[] _tag = new byte[Tag];
    private readonly byte[] _associated = new byte[Associated];
    private byte[] _plain = [];
    private byte[] _cipher = [];
    private ChunkCipher? _keys;
    private AesGcm? _yardstick;
    private bool _decrypts;

    /// <summary>The cases.</summary>
    public static IEnumerable<string> Cases => Catalogue.CasesOf<Encryption>();

    /// <summary>The case: the size of a chunk and the direction.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Makes keys and a ciphertext.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _plain = Material.Bytes(Catalogue.SizeIn(Case));
        _cipher = new byte[_plain.Length];
        _decrypts = Case.EndsWith(Catalogue.Decrypting, StringComparison.Ordinal);
        _keys = new ChunkCipher();
        _yardstick = new AesGcm(Material.Bytes(CartridgeKey.Length), Tag);
        if (_decrypts)
        {
            _keys.Encrypt(_plain, _cipher);
        }
    }

    /// <summary>Before the yardstick's decryption: a ciphertext of its own.</summary>
    [GlobalSetup(Target = nameof(AesGcmAlone))]
    public void SetUpYardstick()
    {
        SetUp();
        _yardstick!.Encrypt(_nonce, _plain, _cipher, _tag, _associated);
    }

    /// <summary>Forgets the keys.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _keys?.Dispose();
        _yardstick?.Dispose();
    }

    /// <summary>What is measured.</summary>
    [Benchmark]
    public void Chunk()
    {
        if (!_decrypts)
        {
            _keys!.Encrypt(_plain, _cipher);
        }
        else if (!_keys!.TryDecrypt(_cipher, _plain))
        {
            throw new InvalidOperationException("The tag is wrong.");
        }
    }

    /// <summary>The yardstick.</summary>
    [Benchmark(Baseline = true)]
    public void AesGcmAlone()
    {
        if (_decrypts)
        {
            _yardstick!.Decrypt(_nonce, _cipher, _tag, _plain, _associated);
        }
        else
        {
            _yardstick!.Encrypt(_nonce, _plain, _cipher, _tag, _associated);
        }
    }
}
