using System.Globalization;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Generation;

/// <summary><c>vectors</c>: makes the vectors' files, and unfolds them for those who do not read carthex.</summary>
internal static class VectorsCommand
{
    public const string Help = """
          vectors  make the suite's files
            generate [--vectors FOLDER]                  write all vectors anew from their definitions
            adopt ID FILE [--generated SEED:LENGTH]...   take a foreign container's bytes into the suite, as text
            unfold --to FOLDER [--vectors FOLDER]        write each input as a .cart file
        """;

    public static int Run(string[] args, TextWriter output)
    {
        switch (args)
        {
            case ["generate", .. var rest]:
                string root = FolderOf(new Options(rest, ["--vectors"], []));
                output.WriteLine($"{new Generator().WriteAll(root)} vectors in {root}");
                return ExitCode.Passed;
            case ["unfold", .. var rest]:
                Options options = new(rest, ["--vectors", "--to"], []);
                string to = options.One("--to") ?? throw new UsageException("unfold needs --to");
                output.WriteLine($"{Unfold(new VectorFolder(FolderOf(options)), to)} containers in {to}");
                return ExitCode.Passed;
            case ["adopt", var id, var file, .. var rest]:
                Options adopting = new(rest, ["--vectors", "--generated"], []);
                output.WriteLine(Adopt(new VectorFolder(FolderOf(adopting)), id, File.ReadAllBytes(file), adopting.All("--generated")));
                return ExitCode.Passed;
            default:
                throw new UsageException("'vectors' is followed by generate, adopt or unfold");
        }
    }

    private static string FolderOf(Options options) => options.One("--vectors") ?? VectorFolder.Find();

    /// <summary>Writes the carthex of a container that others have made; what else a vector needs, `generate` writes from its definition.</summary>
    private static string Adopt(VectorFolder vectors, string id, byte[] container, IEnumerable<string> generated)
    {
        string path = vectors.PathOf(id, VectorFolder.InputFile);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, CartHex.Write(container, new CartHexHints
        {
            Generated = [.. generated.Select(pair => pair.Split(':')).Select(pair => (long.Parse(pair[0], CultureInfo.InvariantCulture), int.Parse(pair[1], CultureInfo.InvariantCulture)))],
        }));
        return path;
    }

    private static int Unfold(VectorFolder vectors, string to)
    {
        int count = 0;
        foreach (VectorCase vector in vectors.Cases())
        {
            string file = Path.Combine(to, $"{vector.Id}.cart");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, vectors.Input(vector.Id));
            count++;
        }

        return count;
    }
}
