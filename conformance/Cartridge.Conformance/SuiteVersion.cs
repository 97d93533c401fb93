namespace Cartridge.Conformance;

/// <summary>
/// The suite's version: the first number grows when the meaning of an outcome changes, the second when vectors are added, the third
/// when only what is said about them changes.
/// </summary>
internal static class SuiteVersion
{
    public const string Current = "0.1.0";
}
