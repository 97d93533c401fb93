namespace Cartridge.Cli;

/// <summary>
/// Where a link of a container would lead once it stands on a disk. A link may lead anywhere below the folder that is
/// extracted to; one that leads out of it would let whoever made the container point at the rest of the disk.
/// </summary>
/// <param name="targetAt">The target of the link at a path of the container; null if no link is there.</param>
internal sealed class LinkJudge(Func<string, string?> targetAt)
{
    /// <summary>No system follows more links than that for one path (Linux 40, Windows 63).</summary>
    private const int MaxLinks = 64;

    private static readonly char[] Separators = OperatingSystem.IsWindows() ? ['/', '\\'] : ['/'];

    /// <summary>
    /// Whether a link leads out, by its text alone or by the other links of the container that its text runs through:
    /// <c>a/b/up/..</c> looks like <c>a/b</c>, and is the folder above all if <c>up</c> is a link to the top.
    /// </summary>
    /// <param name="path">The link's own path.</param>
    /// <param name="target">Its target.</param>
    public bool Leaves(string path, string target)
    {
        var folder = path.Split('/')[..^1];
        return LeavesBy(folder, target, throughLinks: false) || LeavesBy(folder, target, throughLinks: true);
    }

    private bool LeavesBy(string[] folder, string target, bool throughLinks)
    {
        var here = new List<string>(folder);
        var ahead = new Stack<string>();
        if (!Push(ahead, target))
        {
            return true;
        }

        var links = 1;
        while (ahead.TryPop(out var segment))
        {
            switch (segment)
            {
                case "" or ".":
                    break;
                case "..":
                    if (here.Count == 0)
                    {
                        return true;
                    }

                    here.RemoveAt(here.Count - 1);
                    break;
                default:
                    here.Add(segment);
                    if (throughLinks && LinkAt(here) is { } further)
                    {
                        here.RemoveAt(here.Count - 1);
                        if (!Push(ahead, further))
                        {
                            return true;
                        }

                        if (++links > MaxLinks)
                        {
                            // Links in a circle, or too many: nothing is ever reached by them.
                            return false;
                        }
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>Puts the segments of a target ahead of all others.</summary>
    /// <returns>False if the target is absolute: then it leads out whatever it says.</returns>
    private static bool Push(Stack<string> ahead, string target)
    {
        if (target.StartsWith('/') || Path.IsPathRooted(target))
        {
            return false;
        }

        foreach (var segment in target.Split(Separators).Reverse())
        {
            ahead.Push(segment);
        }

        return true;
    }

    private string? LinkAt(List<string> path) => targetAt(string.Join('/', path));
}
