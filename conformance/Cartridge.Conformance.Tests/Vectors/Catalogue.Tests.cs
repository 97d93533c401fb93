using Cartridge.Conformance.Generation;
using Cartridge.Conformance.Mending;
using Cartridge.Conformance.Spec;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests.Vectors;

/// <summary>The suite as a whole: complete, up to date and small.</summary>
public class CatalogueTests
{
    private const long MaxBytes = 10_000_000;

    private static readonly Specification Chapters = Specification.Load(RepositoryRoot.Find());

    /// <summary>A check that no vector breaks could be taken out of every implementation unnoticed.</summary>
    [Fact]
    public void Every_check_has_a_vector_that_breaks_it()
    {
        HashSet<string> broken = [.. Suite.Cases.Where(vector => vector.Fault is not null).Select(vector => vector.Requirements[0])];
        HashSet<string> alone =
        [
            .. Suite.Cases
                .Where(vector => vector.Expect.Kind == "reject" && vector.Requirements.Count(IsCheck) == 1)
                .Select(vector => vector.Requirements[0]),
        ];
        RequirementLock locked = RequirementLock.Load(RepositoryRoot.Find());
        string[] unbroken =
        [
            .. Chapters.Checks.Select(check => check.Id).Where(id => !broken.Contains(id) && locked.Find(id)?.Untestable is null),
        ];
        Assert.True(unbroken.Length == 0, string.Join(", ", unbroken));

        // Every check that is more than a note is also the only reason of some refusal, but for one: a sound tree of 17 levels, with
        // nothing wrong but its height, would have 65,536 leaves.
        IEnumerable<string> notes = Chapters.Checks.Where(check => check.Phase.EndsWith("(note)", StringComparison.Ordinal)).Select(check => check.Id);
        Assert.Equal(["CART-TRE-001"], broken.Except(alone).Except(notes).Order(StringComparer.Ordinal));
    }

    // Where a table has several reserved fields, ours say which.
    private static string NameOf(Field field) => field.Name.StartsWith("reserved", StringComparison.Ordinal) ? "reserved" : field.Name;

    private static bool IsCheck(string id) => Requirement.NumberOf(id) < Requirement.FirstDuty;

    [Fact]
    public void The_files_are_those_that_the_generator_writes()
    {
        Generator generator = new();
        List<string> stale = [];
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (Source source in Catalogue.All)
        {
            foreach ((string file, string text) in generator.Files(source))
            {
                string path = Suite.Vectors.PathOf(source.Id, file);
                written.Add(path);
                if (!File.Exists(path) || File.ReadAllText(path) != text)
                {
                    stale.Add($"{source.Id}/{file}");
                }
            }
        }

        HashSet<string> tombstones =
            [.. Suite.Vectors.Cases().Where(vector => vector.Status == "removed").Select(vector => Path.GetDirectoryName(Suite.Vectors.PathOf(vector.Id, "case.json"))!)];
        IEnumerable<string> strangers = Directory.EnumerateFiles(Suite.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !written.Contains(file) && !tombstones.Contains(Path.GetDirectoryName(file)!));
        Assert.True(stale.Count == 0, $"run `vectors generate`; stale: {string.Join(", ", stale)}");
        Assert.Empty(strangers);
    }

    [Fact]
    public void Ids_are_given_once() => Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(source => source.Id).Distinct().Count());

    [Fact]
    public void The_suite_stays_small() => Assert.InRange(
        Directory.EnumerateFiles(Suite.Folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 1, MaxBytes);

    /// <summary>The mutations are made by the suite's own layout tables: they must be the specification's.</summary>
    [Fact]
    public void The_layouts_are_those_of_the_specification()
    {
        IEnumerable<Mending.Layout> layouts =
        [
            Layouts.Identity, Layouts.PageHeader, Layouts.PageReference, Layouts.TreeReference, Layouts.BlobReference, Layouts.Run,
            Layouts.CommitRecord, Layouts.TreeNode, Layouts.LeafCell, Layouts.InteriorCell, Layouts.CatalogRecord, Layouts.Attribute,
            Layouts.ContentKey, Layouts.SnapshotKey, Layouts.SnapshotRecord, Layouts.Extent, Layouts.KeySlot, Layouts.Seal,
        ];
        foreach (Mending.Layout layout in layouts)
        {
            IEnumerable<(int?, int?, string)> specified = Chapters.Layouts[layout.Name].Fields
                .Where(field => field is { Offset: not null, FixedLength: not null })
                .Select(field => (field.Offset, field.FixedLength, field.Name));
            IEnumerable<(int?, int?, string)> ours = layout.Fields
                .Select(field => ((int?)field.Offset, (int?)field.Length, NameOf(field)));
            Assert.Equal(specified, ours);
        }
    }
}
