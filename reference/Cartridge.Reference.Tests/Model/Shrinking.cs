namespace Cartridge.Reference.Tests;

/// <summary>Makes failing histories smaller.</summary>
internal static class Shrinking
{
    /// <summary>A history without half of its steps, a quarter, ... a single one; then with one step made smaller.</summary>
    /// <param name="steps">The history.</param>
    /// <param name="smaller">What a step may become.</param>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> steps, Func<T, IEnumerable<T>> smaller)
    {
        for (var length = (steps.Count + 1) / 2; length > 0 && steps.Count > 1; length /= 2)
        {
            for (var from = 0; from < steps.Count; from += length)
            {
                yield return [.. steps.Take(from), .. steps.Skip(from + length)];
            }
        }

        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var less in smaller(steps[i]))
            {
                yield return [.. steps.Take(i), less, .. steps.Skip(i + 1)];
            }
        }
    }
}
