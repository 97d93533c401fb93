using Cartridge.Reference.Tests.Layouts;

namespace Cartridge.Reference.Tests;

/// <summary>
/// Each layout is written down three times: as a table of the specification, as a type of the .ksy description, and as locations of the
/// engine. They say the same.
/// </summary>
public class LayoutsTests
{
    /// <summary>Each layout of the specification and the type of the description that stands for it.</summary>
    private static readonly Dictionary<string, string> Types = new()
    {
        ["identity page"] = "identity_page",
        ["page header"] = "page_header",
        ["page reference"] = "page_reference",
        ["tree reference"] = "tree_reference",
        ["blob reference"] = "blob_reference",
        ["run"] = "blob_run",
        ["commit record"] = "commit_record",
        ["leaf cell"] = "leaf_cell",
        ["interior cell"] = "interior_cell",
        ["catalog record"] = "catalog_record",
        ["attribute"] = "attribute",
        ["content key"] = "content_key",
        ["extent"] = "extent",
        ["key slot"] = "key_slot",
        ["seal"] = "seal",
        ["snapshot key"] = "snapshot_key",
        ["snapshot record"] = "snapshot_record",
        ["signature file"] = "signature_file",
    };

    /// <summary>The layouts of streams, which have a description of their own.</summary>
    private static readonly Dictionary<string, string> StreamTypes = new()
    {
        ["stream head"] = "stream_head",
        ["stream record"] = "stream_record",
        ["stream entry"] = "stream_entry",
        ["stream segment"] = "stream_segment",
        ["stream end"] = "stream_end",
    };

    /// <summary>The layouts of format 1.</summary>
    private static readonly Dictionary<string, string> TypesOfFormatOne = new()
    {
        ["header of format 1"] = "file_header",
        ["blob page"] = "blob_page",
        ["vacuum log header"] = "vacuum_log_header",
        ["vacuum log entry"] = "vacuum_log_entry",
        ["snapshot pages"] = "snapshot_pages",
        ["snapshot page"] = "snapshot_page",
    };

    /// <summary>The description has one type for both kinds of nodes; it is looked at apart.</summary>
    private static readonly string[] NodeLayouts = ["tree node", "leaf node", "interior node"];

    public static TheoryData<string> Names { get; } = [.. Types.Keys];

    public static TheoryData<string> NamesOfFormatOne { get; } = [.. TypesOfFormatOne.Keys];

    [Fact]
    public void Every_layout_is_compared() => Assert.Equal(SpecificationLayouts.All.Keys.Order(), Types.Keys.Concat(TypesOfFormatOne.Keys).Concat(NodeLayouts).Concat(StreamTypes.Keys).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_description_says_what_the_specification_says(string layout) =>
        Assert.Equal(SpecificationLayouts.All[layout], DescriptionLayouts.Of(Types[layout]));

    [Theory]
    [MemberData(nameof(NamesOfFormatOne))]
    public void The_descriptions_of_format_1_say_what_the_specification_says(string layout) =>
        Assert.Equal(SpecificationLayouts.All[layout], DescriptionLayouts.OfFormatOne(TypesOfFormatOne[layout]));

    [Theory]
    [InlineData("header of format 1", "OneHeader")]
    [InlineData("identity page", "Identity")]
    [InlineData("page header", "PageHeader")]
    [InlineData("commit record", "Commit")]
    [InlineData("catalog record", "CatalogRecord")]
    [InlineData("key slot", "KeySlot")]
    [InlineData("snapshot record", "Snapshot")]
    [InlineData("signature file", "Signature")]
    [InlineData("stream head", "TransferHead")]
    public void The_engine_says_what_the_specification_says(string layout, string locations)
    {
        // Behind the fixed part, the specification goes on and the engine reads in order; "end" is no field.
        IEnumerable<Field> expected = SpecificationLayouts.All[layout].TakeWhile(field => field.Length is not null);
        IEnumerable<Field> actual = EngineLayouts.Of(locations).Where(field => field.Length is not null);
        Assert.Equal(expected, actual.Select(field => field.Name == "free map" ? field with { Name = "free map area" } : field));
    }

    /// <summary>The fixed part; behind it the engine reads in order.</summary>
    [Fact]
    public void The_engine_says_of_a_stream_s_entry_what_the_specification_says() => Assert.Equal(
        SpecificationLayouts.All["stream entry"].TakeWhile(field => field.Length is not null),
        EngineLayouts.Of("TransferEntry").Where(field => field.Length is not null));

    [Fact]
    public void Nodes_are_laid_out_alike_everywhere()
    {
        IReadOnlyList<Field> head = SpecificationLayouts.All["tree node"];
        IReadOnlyList<Field> leaf = SpecificationLayouts.All["leaf node"];
        IReadOnlyList<Field> interior = SpecificationLayouts.All["interior node"];
        IReadOnlyList<Field> described = DescriptionLayouts.Of("node");
        IReadOnlyList<Field> engine = EngineLayouts.Of("Node");

        Assert.Equal(head, described.Take(head.Count));
        Assert.Equal(interior.Select(field => field.Name), described.Skip(head.Count).Select(field => field.Name));
        Assert.Equal(leaf[0].Offset, described[head.Count].Offset);

        Assert.Equal(head, engine.Take(head.Count));
        Assert.Equal(interior[0], engine.Single(field => field.Name == "first child"));
        Assert.Equal(leaf[0].Offset, engine.Single(field => field.Name == "leaf prefix").Offset);
        Assert.Equal(interior[1].Offset, engine.Single(field => field.Name == "interior prefix").Offset);
    }

    /// <summary>What the engine reads in order has no locations, but its length counts.</summary>
    [Theory]
    [InlineData("page reference", typeof(PageReference), "Length")]
    [InlineData("tree reference", typeof(TreeReference), "Length")]
    [InlineData("blob reference", typeof(BlobReference), "FixedLength")]
    [InlineData("run", typeof(Run), "Length")]
    [InlineData("leaf cell", typeof(NodeFieldLengths), "LeafCell")]
    [InlineData("interior cell", typeof(NodeFieldLengths), "InteriorCell")]
    [InlineData("attribute", typeof(CatalogRecordFieldLengths), "Attribute")]
    [InlineData("content key", typeof(ChunkKey), "Length")]
    [InlineData("snapshot key", typeof(SnapshotKey), "Length")]
    [InlineData("extent", typeof(FreeExtent), "EncodedLength")]
    [InlineData("seal", typeof(XaesGcm), "SealLength")]
    [InlineData("signature file", typeof(StateSignature), "Length")]
    [InlineData("stream head", typeof(TransferFormat), "HeadLength")]
    [InlineData("stream entry", typeof(TransferFormat), "MinEntryLength")]
    [InlineData("stream segment", typeof(TransferFormat), "SegmentNumberLength")]
    [InlineData("stream end", typeof(TransferFormat), "EndLength")]
    public void The_engine_knows_the_lengths(string layout, Type type, string constant) =>
        Assert.Equal(SpecificationLayouts.All[layout].Sum(field => field.Length ?? 0), EngineLayouts.Constant(type, constant));
}
