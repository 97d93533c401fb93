namespace Cartridge.Reference;

/// <summary>Neighbouring children of one level and the separators between them: what an edit leaves of a child.</summary>
/// <param name="Separators">One fewer than children.</param>
/// <param name="Children">In order; none if the edit emptied the child.</param>
internal sealed record Siblings(byte[][] Separators, Child[] Children)
{
    public static readonly Siblings None = new([], []);

    public static Siblings One(Child child) => new([], [child]);

    /// <summary>The keys that one of the siblings may hold, of those that all of them may.</summary>
    public KeyRange RangeOf(int at, in KeyRange all) => new(
        at == 0 ? all.Low : Separators[at - 1],
        at == Separators.Length ? all.High : Separators[at]);

    /// <summary>These siblings with the child at <paramref name="at"/> replaced by what an edit left of it.</summary>
    public Siblings Replace(int at, Siblings by)
    {
        // Where nothing is left, the separator on one side goes too.
        var left = by.Children.Length == 0 && at > 0 ? at - 1 : at;
        var right = by.Children.Length == 0 && at == 0 ? Math.Min(1, Separators.Length) : at;
        return new Siblings(
            [.. Separators.AsSpan(0, left), .. by.Separators, .. Separators.AsSpan(right)],
            [.. Children.AsSpan(0, at), .. by.Children, .. Children.AsSpan(at + 1)]);
    }

    /// <summary>These siblings with the one at <paramref name="at"/> and its right neighbour replaced.</summary>
    public Siblings ReplacePair(int at, Siblings by) => new(
        [.. Separators.AsSpan(0, at), .. by.Separators, .. Separators.AsSpan(at + 1)],
        [.. Children.AsSpan(0, at), .. by.Children, .. Children.AsSpan(at + 2)]);
}
