using System.Text;
using Cartridge.Formats.Generated;
using Cartridge.Reference.Tests.Handmade;
using Kaitai;

namespace Cartridge.Reference.Tests;

/// <summary>What a Kaitai tool shows of a container: references are followed by the description alone.</summary>
public class Cartridge3InstancesTests
{
    private readonly Cartridge3 _container = new(new KaitaiStream(new HandmadeContainer { MapKind = 2 }.Build()));

    [Fact]
    public void The_newest_record_is_that_of_the_higher_generation()
    {
        Assert.Equal("hand-made", _container.Identity.Slug.Text);
        Assert.Equal(2ul, _container.EvenRecord.Proof.Generation);
        Assert.Equal(1ul, _container.OddRecord.Proof.Generation);
        Assert.Same(_container.EvenRecord, _container.NewestRecord);
        Assert.Equal("Hand mäde", _container.NewestRecord.Title.Text);
    }

    [Fact]
    public void The_catalog_is_reached_from_the_record()
    {
        List<string> paths = [];
        Visit(_container.NewestRecord.CatalogTree.PageReference.Node, (node, cell) =>
            paths.Add(Encoding.UTF8.GetString([.. node.Prefix, .. cell.Suffix])));

        Assert.Equal(["big.bin", "dir", "docs/hello.txt", "empty", "link", "sparse", "zlong"], paths);
    }

    [Fact]
    public void Records_are_reached_in_their_cells_and_in_blobs()
    {
        Dictionary<string, Cartridge3.LeafValue> values = [];
        Visit(_container.NewestRecord.CatalogTree.PageReference.Node, (_, cell) =>
            values.Add(Encoding.UTF8.GetString(cell.Suffix), cell.Value));

        Assert.Equal(HandmadeContainer.Hello, values["docs/hello.txt"].CatalogRecord.InlineContent);
        Assert.Null(values["docs/hello.txt"].LongValue);
        Assert.Null(values["zlong"].CatalogRecord);
        Cartridge3.Attribute attribute = Assert.Single(values["zlong"].LongValue.CatalogRecord.Attributes);
        Assert.Equal(HandmadeContainer.LongAttribute, attribute.Value);
    }

    [Fact]
    public void Content_is_reached_in_its_chunks()
    {
        List<Cartridge3.Chunk> chunks = [];
        Visit(_container.NewestRecord.ContentTree.PageReference.Node, (_, cell) => chunks.Add(cell.Value.Chunk));

        Assert.Null(chunks[0].Bytes); // Two runs, which a description cannot join ...
        Assert.Equal(HandmadeContainer.Chunk0, chunks[0].Blob.Runs.SelectMany(run => run.Body)); // ... and a reader can.
        Assert.Equal(HandmadeContainer.Chunk2Bytes, chunks[1].Bytes);
    }

    [Fact]
    public void The_map_is_reached_in_its_blob()
    {
        Cartridge3.BlobFreeMap map = Assert.IsType<Cartridge3.BlobFreeMap>(_container.NewestRecord.FreeMapArea);

        Assert.Equal([(11ul, 2ul), (12ul, 0ul)], map.List.Extents.Select(extent => (extent.Start, extent.FreedIn)));
    }

    [Fact]
    public void An_empty_tree_leads_nowhere() => Assert.Null(_container.NewestRecord.SystemTree.PageReference.Node);

    private static void Visit(Cartridge3.Node node, Action<Cartridge3.Node, Cartridge3.LeafCell> leaf)
    {
        if (node.Level == 0)
        {
            node.Slots.ForEach(slot => leaf(node, slot.LeafCell));
            return;
        }

        Visit(node.FirstChild.Node, leaf);
        node.Slots.ForEach(slot => Visit(slot.InteriorCell.Child.Node, leaf));
    }
}
