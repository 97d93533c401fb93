using System.Text;

namespace Cartridge.Cli;

/// <summary>Key files for signatures. A private one is for its owner alone: made so, and refused where it is not so.</summary>
internal static class SigningKeyFile
{
    private const int MaxLength = 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Writes a private key into a new file that only its owner can read (CART-SIG-105).</summary>
    /// <exception cref="CliFailure">Something has that name already.</exception>
    public static void CreatePrivate(string path, char[] text) => Create(path, text, OwnerOnly);

    /// <summary>Writes a public file, which is to be new too.</summary>
    /// <exception cref="CliFailure">Something has that name already.</exception>
    public static void CreatePublic(string path, string text) =>
        Create(path, text.ToCharArray(), OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>Reads a private key's text, if nobody but its owner could have read it (CART-SIG-106).</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">Takes the key; the text is zeroed after that.</param>
    /// <exception cref="CliFailure">Others may read or write the file.</exception>
    public static T ReadPrivate<T>(string path, Func<char[], T> use) => Read(path, isPrivate: true, use);

    /// <summary>Reads a public key's text.</summary>
    public static T ReadPublic<T>(string path, Func<char[], T> use) => Read(path, isPrivate: false, use);

    private static T Read<T>(string path, bool isPrivate, Func<char[], T> use)
    {
        var bytes = new byte[MaxLength + 1];
        var text = Array.Empty<char>();
        try
        {
            int length;
            using (var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 }))
            {
                // Of the open file, not of its name, which may lead elsewhere by now.
                if (isPrivate && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
                {
                    throw CliFailure.Refused($"{path}: others than its owner have rights on this private key (chmod 600 takes them away)");
                }

                length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            }

            if (length > MaxLength)
            {
                throw CliFailure.Usage($"{path}: too long for a key file");
            }

            text = Encoding.Latin1.GetChars(bytes, 0, length);
            return use(text);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliFailure.Missing($"{path}: there is no such file");
        }
        catch (Cartridge.Reference.CartridgeException e) when (e.Code == Cartridge.Reference.ErrorCode.BadArgument)
        {
            throw CliFailure.Usage($"{path}: {e.Message}");
        }
        finally
        {
            bytes.AsSpan().Clear();
            text.AsSpan().Clear();
        }
    }

    private static void Create(string path, char[] text, UnixFileMode mode)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        try
        {
            using var file = Open(path, options);
            try
            {
                file.Write(bytes);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
        finally
        {
            bytes.AsSpan().Clear();
        }
    }

    private static FileStream Open(string path, FileStreamOptions options)
    {
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (Path.Exists(path) && e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw CliFailure.Missing($"{path}: is there already, and is not replaced");
        }
    }
}
