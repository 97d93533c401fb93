using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Chapter 7, attributes. The base's file has five: its content type, two of the user's and two extended ones, in this order.
/// </summary>
internal static class AttributeFaults
{
    private const int ContentType = 0;
    private const int FirstUser = 1;
    private const int FirstExtended = 3;
    private const int Last = 4;

    public static IEnumerable<Source> All =>
    [
        Attribute("kind-4", "CART-CAT-019", "A kind of attribute that is not defined",
            "What its name and value mean, nobody knows.",
            "the last attribute's kind, 3, becomes 4", (m, entry) => m.Number(entry.Attribute(Last, "kind"), 4)),
        Attribute("kind-0", "CART-CAT-019", "An attribute of kind 0",
            "Kinds begin with 1, so that a record of zeros says nothing.",
            "the first attribute's kind, 1, becomes 0", (m, entry) => m.Number(entry.Attribute(ContentType, "kind"), 0)),
        Attribute("order", "CART-CAT-020", "Two attributes in the wrong order",
            "One set of attributes has one spelling, so that equal states have equal bytes.",
            "the names of the two user attributes, of equal length, change places",
            (m, entry) => Rename(m, entry, FirstUser, FirstUser + 1)),
        Attribute("twice", "CART-CAT-020", "Two attributes of one name",
            "A name is there once; which of two values would hold depends on the reader.",
            "the second extended attribute gets the name of the first", (m, entry) =>
                m.Set(entry.AttributeName(m.Bytes, Last), entry.AttributeName(m.Bytes, FirstExtended).In(m.Bytes))),
        Attribute("content-type-with-name", "CART-CAT-021", "A content type with a name",
            "There is one content type, and it needs no name.",
            "the first user attribute becomes a content type", (m, entry) => m.Number(entry.Attribute(FirstUser, "kind"), 1)),
        Attribute("extended-without-name", "CART-CAT-021", "An extended attribute without a name",
            "Systems that keep extended attributes know none without a name.",
            "the content type becomes an extended attribute and moves behind the others", MoveContentTypeBehind),
        Attribute("content-type-not-utf8", "CART-CAT-021", "A content type that is not UTF-8",
            "A content type is text.",
            "the value's first byte becomes FF", (m, entry) => m.Number(entry.AttributeValue(m.Bytes, ContentType).Byte(0), 0xFF)),
        Attribute("user-name-not-utf8", "CART-CAT-021", "A user attribute whose name is not UTF-8",
            "Names and values of user attributes are text.",
            "the second name's last byte becomes FF",
            (m, entry) => m.Number(LastByte(entry.AttributeName(m.Bytes, FirstUser + 1)), 0xFF)),
        Attribute("user-value-not-utf8", "CART-CAT-021", "A user attribute whose value is not UTF-8",
            "Names and values of user attributes are text; only extended attributes hold any bytes.",
            "the value's first byte becomes FF", (m, entry) => m.Number(entry.AttributeValue(m.Bytes, FirstUser).Byte(0), 0xFF)),
        Attribute("extended-name-not-utf8", "CART-CAT-021", "An extended attribute whose name is not UTF-8",
            "Values of extended attributes are any bytes, but their names are text.",
            "the last name's last byte becomes FF", (m, entry) => m.Number(LastByte(entry.AttributeName(m.Bytes, Last)), 0xFF)),
    ];

    private static Rejected Attribute(
        string slug, string requirement, string title, string why, string mutation, Func<Mender, EntryChart, Mender> make) =>
        new($"catalog/attribute-{slug}", requirement, "catalog.bad-record")
        {
            Title = title,
            Why = why,
            Base = "catalog/attributes",
            Mutation = mutation,
            When = Moment.List,
            Make = m => make(m, m.Newest.Entry("notes.txt")).Mend(m.Newest.Catalog.Root.Page),
        };

    private static Spot LastByte(Spot spot) => spot.Byte(spot.Length - 1);

    private static Mender Rename(Mender m, EntryChart entry, int one, int other)
    {
        (Spot left, Spot right) = (entry.AttributeName(m.Bytes, one), entry.AttributeName(m.Bytes, other));
        (byte[] first, byte[] second) = (left.In(m.Bytes).ToArray(), right.In(m.Bytes).ToArray());
        return m.Set(left, second).Set(right, first);
    }

    /// <summary>Turned round: without a name it would sort before the other extended ones, so it goes between the kinds.</summary>
    private static Mender MoveContentTypeBehind(Mender m, EntryChart entry)
    {
        Spot first = entry.Attribute(ContentType, "kind");
        Spot firstExtended = entry.Attribute(FirstExtended, "kind");
        int begin = (int)(first.Position - entry.Record.Position);
        int end = (int)(entry.Attribute(FirstUser, "kind").Position - entry.Record.Position);
        int extended = (int)(firstExtended.Position - entry.Record.Position);
        byte[] record = entry.Record.In(m.Bytes).ToArray();
        byte[] moved = [3, .. record[(begin + 1)..end]];
        byte[] changed = [.. record[..begin], .. record[end..extended], .. moved, .. record[extended..]];
        return m.Set(entry.Record, changed);
    }
}
