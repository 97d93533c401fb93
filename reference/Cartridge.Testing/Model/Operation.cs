using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// One thing a user does with a container, told twice: as a call of the engine (<see cref="Run"/>) and as its meaning for a
/// <see cref="ModelContainer"/> (<see cref="Apply"/>). Both answer with a text: what was read, nothing, or the code of a refusal.
/// </summary>
public abstract record Operation
{
    /// <summary>The answer of an operation that only changes.</summary>
    protected const string Done = "done";

    /// <summary>The answer of a container that has no room.</summary>
    public static string Full { get; } = ErrorCode.LimitExceeded.ToString();

    /// <summary>Carries the operation out on a container.</summary>
    /// <param name="container">An open container.</param>
    /// <returns>What came of it: an answer, or a refusal's error code.</returns>
    /// <exception cref="CartridgeException">The container is damaged. Refusals (api.*, catalog.bad-path, limit.exceeded) are answers.</exception>
    public string RunOn(CartridgeFile container)
    {
        try
        {
            return Run(container);
        }
        catch (CartridgeException refusal) when (refusal.Finding is null && refusal.Code != ErrorCode.Poisoned)
        {
            return refusal.Code.ToString();
        }
    }

    /// <summary>Says what should come of the operation.</summary>
    /// <param name="before">The container before.</param>
    /// <param name="now">The time, in nanoseconds since the Unix epoch.</param>
    /// <returns>The container after it, and the answer.</returns>
    public (ModelContainer After, string Answer) ApplyTo(ModelContainer before, long now)
    {
        try
        {
            return Apply(before, now);
        }
        catch (Refusal refusal)
        {
            return (before, refusal.Code.ToString());
        }
    }

    /// <summary>As <see cref="ApplyTo(ModelContainer, long)"/>, for a container with a cap, of which the model cannot know
    /// when it is full: what the container answered so leaves no trace.</summary>
    /// <param name="before">The container before.</param>
    /// <param name="now">The time.</param>
    /// <param name="answer">What the container answered.</param>
    /// <returns>The container after it, and the answer.</returns>
    public (ModelContainer After, string Answer) ApplyTo(ModelContainer before, long now, string answer) =>
        answer == Full ? (before, Full) : ApplyWhereFull(before, now, answer);

    /// <summary>As <see cref="ApplyTo(ModelContainer, long, string)"/> once it is known that not all of the operation was refused.</summary>
    /// <param name="before">The container before.</param>
    /// <param name="now">The time.</param>
    /// <param name="answer">What the container answered.</param>
    protected virtual (ModelContainer After, string Answer) ApplyWhereFull(ModelContainer before, long now, string answer) => ApplyTo(before, now);

    /// <summary>Calls the engine.</summary>
    /// <param name="container">An open container.</param>
    protected internal abstract string Run(CartridgeFile container);

    /// <summary>Changes the model, or throws a refusal.</summary>
    /// <param name="before">The model before.</param>
    /// <param name="now">The time.</param>
    protected internal abstract (ModelContainer After, string Answer) Apply(ModelContainer before, long now);

    /// <summary>Metadata as an initializer, only what is set.</summary>
    /// <param name="metadata">The metadata.</param>
    private protected static string Show(EntryMetadata? metadata)
    {
        if (metadata is null)
        {
            return "";
        }

        List<string> parts = [];
        Add("Mode", metadata.Mode is { } mode ? Convert.ToString(mode, 8) : null);
        Add("Uid", metadata.Uid);
        Add("Gid", metadata.Gid);
        Add("Owner", metadata.Owner);
        Add("Created", metadata.Created);
        Add("Modified", metadata.Modified);
        Add("ContentType", metadata.ContentType);
        Add("UserMetadata", metadata.UserMetadata is { } user ? string.Join(";", user.Select(pair => $"{pair.Key}={pair.Value}")) : null);
        Add("ExtendedAttributes", metadata.ExtendedAttributes is { } extended ? string.Join(";", extended.Select(pair => $"{pair.Key}[{pair.Value.Length}]")) : null);
        Add("ChunkShift", metadata.ChunkShift);
        Add("Codec", metadata.Codec);
        Add("RecordContentHash", metadata.RecordContentHash ? true : null);
        return $" {{ {string.Join(", ", parts)} }}";

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {value}"));
            }
        }
    }

    /// <summary>The model's way to refuse.</summary>
    private protected sealed class Refusal(ErrorCode code) : Exception(code.ToString())
    {
        public ErrorCode Code => code;
    }
}
