using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Testing;

/// <summary>
/// What the writers of a history tell everybody, in a plain file beside the container: the version that is being written and
/// the last one that was acknowledged. A reader opened after an acknowledgement must see that version or a later one, and
/// none that nobody has begun.
/// </summary>
public sealed class Progress : IDisposable
{
    private const int Begun = 0;
    private const int Done = sizeof(ulong);
    private const int Length = 2 * sizeof(ulong);

    private readonly SafeFileHandle _file;

    /// <summary>Opens the file; makes it where it is not there.</summary>
    /// <param name="container">The container.</param>
    public Progress(string container) =>
        _file = File.OpenHandle($"{container}.progress", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    /// <summary>The newest version that a writer has begun.</summary>
    public ulong BegunVersion { get => Get(Begun); set => Set(Begun, value); }

    /// <summary>The newest version that a writer knows to be durable.</summary>
    public ulong DoneVersion { get => Get(Done); set => Set(Done, value); }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private ulong Get(int offset)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes.Clear();
        _ = RandomAccess.Read(_file, bytes, 0);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
    }

    private void Set(int offset, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        RandomAccess.Write(_file, bytes, offset);
    }
}
