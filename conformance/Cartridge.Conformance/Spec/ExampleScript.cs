namespace Cartridge.Conformance.Spec;

internal static class ExampleScript
{
    public static byte[] Run(IEnumerable<string> lines) => throw new NotSupportedException(string.Join(' ', lines));
}
