using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>--sum</c>: what is kept between transfers, so that nobody reads everything to learn what it was.</summary>
internal static class TransferSum
{
    /// <summary>The option.</summary>
    public static Option<string?> Option() => new("--sum")
    {
        HelpName = "OUT",
        Description = "Keeps the sum of the content in this file, and takes it from there the next time, to be spared reading everything. A sum of another content is passed over.",
    };

    /// <summary>The sum that was kept; null if there is none.</summary>
    /// <exception cref="CliFailure">What is there is no sum: keeping one would destroy it.</exception>
    public static ContentSum? Read(string? file)
    {
        if (file is null || !Path.Exists(file))
        {
            return null;
        }

        if (new FileInfo(file) is not { Exists: true, Length: ContentSum.EncodedLength })
        {
            throw CliFailure.Missing($"{file}: is there already and is no sum of a content; it is not replaced");
        }

        using var stream = File.OpenRead(file);
        var bytes = new byte[ContentSum.EncodedLength];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? ContentSum.FromBytes(bytes) : null;
    }

    /// <summary>Keeps a sum: the file is the old one or the new one.</summary>
    public static void Write(string? file, ContentSum sum)
    {
        if (file is null)
        {
            return;
        }

        var temporary = $"{file}.{Guid.NewGuid():n}.tmp";
        try
        {
            File.WriteAllBytes(temporary, sum.ToBytes());
            File.Move(temporary, file, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
