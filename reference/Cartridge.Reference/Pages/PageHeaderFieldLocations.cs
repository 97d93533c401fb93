namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="PageHeaderFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class PageHeaderFieldLocations
{
    public const int Type = 0;
    public const int Hash = Type + PageHeaderFieldLengths.Type;
    public const int TypeAgain = Hash + PageHeaderFieldLengths.Hash;
    public const int Reserved = TypeAgain + PageHeaderFieldLengths.TypeAgain;
    public const int ContainerPrefix = Reserved + PageHeaderFieldLengths.Reserved;
    public const int PageNumber = ContainerPrefix + PageHeaderFieldLengths.ContainerPrefix;
    public const int Birth = PageNumber + PageHeaderFieldLengths.PageNumber;

    /// <summary>Where the header ends and what the page is for begins.</summary>
    public const int End = Birth + PageHeaderFieldLengths.Birth;
}
