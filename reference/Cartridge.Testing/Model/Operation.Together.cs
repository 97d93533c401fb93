using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Several operations in a transaction. One that is refused leaves the others as they are.</summary>
/// <param name="Parts">Operations that change something.</param>
/// <param name="Commits">Whether they become one commit; otherwise all of them are taken back.</param>
public sealed record Together(IReadOnlyList<Operation> Parts, bool Commits = true) : Operation
{
    private const string Separator = "; ";

    /// <inheritdoc/>
    public override string ToString() => $"{(Commits ? "together" : "taken back")} ({string.Join(Separator, Parts)})";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container)
    {
        using var transaction = container.BeginTransaction();
        var answers = Parts.Select(part => part.RunOn(container)).ToList();
        if (Commits)
        {
            transaction.Commit();
        }

        return string.Join(Separator, answers);
    }

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        Apply(before, (container, i) => Parts[i].ApplyTo(container, now));

    /// <inheritdoc/>
    protected override (ModelContainer After, string Answer) ApplyWhereFull(ModelContainer before, long now, string answer)
    {
        var answers = answer.Split(Separator);
        return answers.Length == Parts.Count
            ? Apply(before, (container, i) => Parts[i].ApplyTo(container, now, answers[i]))
            : ApplyTo(before, now);
    }

    private (ModelContainer After, string Answer) Apply(ModelContainer before, Func<ModelContainer, int, (ModelContainer After, string Answer)> apply)
    {
        var after = before;
        List<string> answers = [];
        for (var i = 0; i < Parts.Count; i++)
        {
            (after, var answer) = apply(after, i);
            answers.Add(answer);
        }

        return (Commits ? after : before, string.Join(Separator, answers));
    }
}
