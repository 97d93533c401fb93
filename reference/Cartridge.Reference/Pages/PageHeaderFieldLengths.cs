namespace Cartridge.Reference;

/// <summary>Lengths of the fields with which every metadata page begins, in bytes (spec/03-pages.md).</summary>
internal static class PageHeaderFieldLengths
{
    public const int Type = 1;
    public const int Hash = 32;
    public const int TypeAgain = 1;
    public const int Reserved = 6;
    public const int ContainerPrefix = 8;
    public const int PageNumber = 8;
    public const int Birth = 8;
}
