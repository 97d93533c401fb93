using System.Text;
using Cartridge.Reference;

namespace Cartridge.Conformance.Spec;

/// <summary>
/// The small language of <c>cart-script</c> blocks, one operation a line, beginning with <c>create</c>. Time stands still but for one
/// second between lines, and the container id is given, so that a script always makes the same bytes.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>create slug= title= id= time=</c>, and if wanted <c>checksum=crc-32c blocks= max=</c></item>
/// <item><c>write path= text=</c>, and if wanted <c>times=</c> (the text over and over), <c>type= owner= mode= meta.NAME=</c></item>
/// <item><c>write-at path= offset= text=</c>, <c>append path= text=</c>, <c>set-length path= length=</c></item>
/// <item><c>mkdir path=</c>, <c>symlink path= target=</c>, <c>delete path=</c>, <c>title text=</c></item>
/// <item><c>snapshot name=</c></item>
/// <item><c>begin</c> and <c>commit</c> around lines that are to be one commit</item>
/// </list>
/// </remarks>
internal sealed class ExampleScript : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly MemoryMedium _medium = new();
    private readonly CartridgeFile _container;
    private Transaction? _transaction;
    private long _now;

    private ExampleScript(CommandLine create)
    {
        _now = create.OptionalNumber("time") ?? throw new FormatException("create needs time=");
        _container = new CartridgeBuilder()
            .Slug(create.Required("slug"))
            .Title(create.Required("title"))
            .Id(new ContainerId(Convert.FromHexString(create.Required("id"))))
            .Clock(() => _now)
            .Checksum(create.Optional("checksum") == "crc-32c" ? ContentChecksum.Crc32C : ContentChecksum.Sha256)
            .InitialBlocks(create.OptionalNumber("blocks") ?? 3)
            .MaxBlocks(create.OptionalNumber("max") ?? 0)
            .Create(_medium);
    }

    /// <summary>Runs a script.</summary>
    /// <param name="lines">Its lines; blank ones and those that begin with <c>#</c> are passed over.</param>
    /// <returns>The bytes of the container.</returns>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public static byte[] Run(IEnumerable<string> lines)
    {
        CommandLine[] commands = [.. lines.Where(line => line.Trim() is not ("" or ['#', ..])).Select(CommandLine.Parse)];
        if (commands is not [{ Verb: "create" } create, .. var others])
        {
            throw new FormatException("a script begins with create");
        }

        ExampleScript script = new(create);
        using (script)
        {
            foreach (CommandLine command in others)
            {
                script._now += Second;
                script.Execute(command);
            }
        }

        return script._medium.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction?.Dispose();
        _container.Dispose();
    }

    private void Execute(CommandLine command)
    {
        switch (command.Verb)
        {
            case "begin":
                _transaction = _container.BeginTransaction();
                break;
            case "commit":
                _transaction!.Commit();
                break;
            case "title":
                _container.Title = command.Required("text");
                break;
            case "write":
                _container.Write(command.Required("path"), Content(command), Metadata(command));
                break;
            case "write-at":
                _container.WriteAt(command.Required("path"), Number(command, "offset"), Content(command));
                break;
            case "append":
                _container.Append(command.Required("path"), Content(command));
                break;
            case "set-length":
                _container.SetLength(command.Required("path"), Number(command, "length"));
                break;
            case "mkdir":
                _container.CreateDirectory(command.Required("path"), Metadata(command));
                break;
            case "symlink":
                _container.CreateSymbolicLink(command.Required("path"), command.Required("target"), Metadata(command));
                break;
            case "delete":
                _container.Delete(command.Required("path"));
                break;
            case "snapshot":
                _container.CreateSnapshot(command.Required("name"));
                break;
            default:
                throw new FormatException($"there is no operation {command.Verb}");
        }
    }

    private static byte[] Content(CommandLine command)
    {
        byte[] text = Encoding.UTF8.GetBytes(command.Required("text"));
        return [.. Enumerable.Repeat(text, (int)(command.OptionalNumber("times") ?? 1)).SelectMany(part => part)];
    }

    private static EntryMetadata Metadata(CommandLine command)
    {
        const string User = "meta.";
        Dictionary<string, string> named = command.Arguments
            .Where(argument => argument.Key.StartsWith(User, StringComparison.Ordinal))
            .ToDictionary(argument => argument.Key[User.Length..], argument => argument.Value, StringComparer.Ordinal);
        return new()
        {
            Mode = command.Optional("mode") is { } mode ? Convert.ToInt32(mode, 8) : null,
            Owner = command.Optional("owner"),
            ContentType = command.Optional("type"),
            UserMetadata = named.Count > 0 ? named : null,
        };
    }

    private static long Number(CommandLine command, string name) =>
        command.OptionalNumber(name) ?? throw new FormatException($"{command.Verb} needs {name}=");
}
