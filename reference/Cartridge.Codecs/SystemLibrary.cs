using System.Runtime.InteropServices;

namespace Cartridge.Codecs;

/// <summary>A library that the system may have.</summary>
/// <param name="name">Its name, with the version of its interface.</param>
internal sealed class SystemLibrary(string name)
{
    private readonly Lazy<bool> _isThere = new(() => NativeLibrary.TryLoad(name, typeof(SystemLibrary).Assembly, null, out _));

    /// <summary>Whether it can be loaded; looked for once.</summary>
    public bool IsThere => _isThere.Value;
}
