using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Generation;

/// <summary><c>vectors</c>: makes the vectors' files, and unfolds them for those who do not read carthex.</summary>
internal static class VectorsCommand
{
    public const string Help = """
          vectors  make the suite's files
            generate [--vectors FOLDER]                  write all vectors anew from their definitions
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
            default:
                throw new UsageException("'vectors' is followed by generate or unfold");
        }
    }

    private static string FolderOf(Options options) => options.One("--vectors") ?? VectorFolder.Find();

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
