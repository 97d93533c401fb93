using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Cartridge.Reference;

/// <summary>All checks of the format, chapter by chapter.</summary>
internal static class Rules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        .. Of(typeof(HeaderRule)), .. Of(typeof(PageRule)), .. Of(typeof(BlobRule)), .. Of(typeof(CommitRule)),
        .. Of(typeof(TreeRule)), .. Of(typeof(CatalogRule)), .. Of(typeof(ContentRule)), .. Of(typeof(SpaceRule)), .. Of(typeof(CodingRule)),
        .. Of(typeof(SnapshotRule)), .. Of(typeof(EncryptionRule)),
    ];

    private static IEnumerable<Rule> Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type chapter) =>
        chapter.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (Rule)field.GetValue(null)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal);
}
