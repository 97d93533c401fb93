using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>The attributes of a catalog record, by kind.</summary>
internal sealed class AttributeSet
{
    private readonly List<KeyValuePair<string, string>> _userMetadata = [];
    private readonly List<KeyValuePair<string, string>> _extendedAttributes = [];

    internal string? ContentType { get; private set; }

    internal IReadOnlyList<KeyValuePair<string, string>> UserMetadata => _userMetadata;

    internal IReadOnlyList<KeyValuePair<string, string>> ExtendedAttributes => _extendedAttributes;

    internal static AttributeSet From(string path, Cartridge3.CatalogRecord record, ulong page)
    {
        AttributeSet set = new();
        Cartridge3.Attribute? previous = null;
        foreach (Cartridge3.Attribute attribute in record.Attributes)
        {
            // Strictly ascending: the names of a kind differ, and there is one content type at most, since its name is empty.
            bool ascends = previous is null || Compare(previous, attribute) < 0;
            Require(ascends, "CART-CAT-020", "catalog.bad-record", page,
                $"the attributes of '{path}' do not ascend");
            Require(IsWellFormed(attribute), "CART-CAT-021", "catalog.bad-record", page,
                $"an attribute of '{path}' has a name or value that its kind cannot have");
            set.Add(attribute);
            previous = attribute;
        }

        return set;
    }

    private static int Compare(Cartridge3.Attribute left, Cartridge3.Attribute right) =>
        left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : KaitaiStream.ByteArrayCompare(left.Name, right.Name);

    private static bool IsWellFormed(Cartridge3.Attribute attribute) => attribute.Kind switch
    {
        Cartridge3.AttributeKind.ContentType => attribute.Name.Length == 0 && Utf8Text.IsValid(attribute.Value),
        Cartridge3.AttributeKind.UserMetadata => Utf8Text.IsValid(attribute.Name) && Utf8Text.IsValid(attribute.Value),
        _ => attribute.Name.Length > 0 && Utf8Text.IsValid(attribute.Name),
    };

    private void Add(Cartridge3.Attribute attribute)
    {
        string name = Utf8Text.Decode(attribute.Name);
        switch (attribute.Kind)
        {
            case Cartridge3.AttributeKind.ContentType:
                ContentType = Utf8Text.Decode(attribute.Value);
                break;
            case Cartridge3.AttributeKind.UserMetadata:
                _userMetadata.Add(new(name, Utf8Text.Decode(attribute.Value)));
                break;
            default:
                _extendedAttributes.Add(new(name, Convert.ToHexStringLower(attribute.Value)));
                break;
        }
    }
}
