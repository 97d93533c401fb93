namespace Kaitai;

/// <summary>The base of every type that the Kaitai Struct compiler makes.</summary>
/// <remarks>
/// This namespace holds what the generated parsers use of the Kaitai runtime and nothing more, under the names that the compiler
/// writes, so that the runtime of the Kaitai project could stand in its place.
/// </remarks>
public abstract class KaitaiStruct
{
    /// <summary>The bytes that the object reads; generated code calls the field by this name.</summary>
    protected KaitaiStream m_io;

    /// <summary>Keeps the stream; the derived type reads from it.</summary>
    /// <param name="io">The bytes, at the position where the object begins.</param>
    protected KaitaiStruct(KaitaiStream io) => m_io = io;

    /// <summary>The bytes that the object reads.</summary>
    public KaitaiStream M_Io => m_io;
}
