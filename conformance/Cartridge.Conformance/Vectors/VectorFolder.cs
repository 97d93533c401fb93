using System.Security.Cryptography;
using System.Text.Json;

namespace Cartridge.Conformance.Vectors;

/// <summary>
/// The vectors on disk: <c>vectors/&lt;area&gt;/&lt;slug&gt;/</c> with <c>case.json</c>, <c>input.carthex</c> and
/// <c>expected.json</c>.
/// </summary>
internal sealed class VectorFolder(string root)
{
    public const string CaseFile = "case.json";
    public const string InputFile = "input.carthex";
    public const string ProjectionFile = "expected.json";

    private readonly Dictionary<string, byte[]> _inputs = new(StringComparer.Ordinal);

    public string Root { get; } = root;

    /// <summary>
    /// The folder of the source tree: the nearest <c>conformance/vectors</c> at or above the program or the current folder.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Find()
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string vectors = Path.Combine(folder.FullName, "conformance", "vectors");
                if (Directory.Exists(vectors))
                {
                    return vectors;
                }
            }
        }

        throw new DirectoryNotFoundException("No conformance/vectors at or above the current folder; name the folder with --vectors.");
    }

    /// <summary>All vectors, tombstones too, by id.</summary>
    /// <exception cref="VectorException">A vector cannot be read; it names the vector.</exception>
    public IEnumerable<VectorCase> Cases() =>
        Directory.Exists(Root)
            ? Directory.EnumerateFiles(Root, CaseFile, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
                .Select(Case)
            : [];

    /// <summary>One vector.</summary>
    /// <exception cref="VectorException">It cannot be read, or its id is not its folder.</exception>
    public VectorCase Case(string id)
    {
        VectorCase vector = Reading(id, () => VectorCase.FromJson(File.ReadAllText(PathOf(id, CaseFile))));
        return vector.Id == id ? vector : throw new VectorException(id, $"its case.json calls it '{vector.Id}'");
    }

    /// <summary>The bytes of a vector's input, checked against its case. The same array each time: do not write into it.</summary>
    /// <exception cref="VectorException">The text cannot be read, or unfolds to other bytes than the case says.</exception>
    public byte[] Input(string id)
    {
        if (_inputs.TryGetValue(id, out byte[]? known))
        {
            return known;
        }

        CaseInput input = Case(id).Input;
        byte[] bytes = Reading(id, () => CartHex.Read(File.ReadAllText(PathOf(id, input.File)), Input));
        if (bytes.Length != input.Length || Convert.ToHexStringLower(SHA256.HashData(bytes)) != input.Sha256)
        {
            throw new VectorException(id, $"{input.File} unfolds to {bytes.Length} bytes that are not those of case.json");
        }

        return _inputs[id] = bytes;
    }

    /// <summary>The text of a file of a vector.</summary>
    public string Text(string id, string file) => Reading(id, () => File.ReadAllText(PathOf(id, file)));

    /// <summary>Where a file of a vector stands.</summary>
    public string PathOf(string id, string file) => Path.Combine([Root, .. id.Split('/'), file]);

    private static T Reading<T>(string id, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or FormatException or JsonException or UnauthorizedAccessException)
        {
            throw new VectorException(id, e.Message, e);
        }
    }
}

/// <summary>A vector is not what it says it is: the suite is damaged, no implementation is to blame.</summary>
internal sealed class VectorException(string id, string message, Exception? cause = null)
    : Exception($"vector {id}: {message}", cause);
