using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cartridge.Format1;

public sealed partial record Format1Manifest
{
    /// <summary>The version of what a new container holds.</summary>
    public const string FirstVersion = "0.1.0";

    /// <summary>Writes the manifest of a new container; <see cref="Parse"/> is the way back.</summary>
    /// <param name="created">When it was made, as RFC 3339 text.</param>
    public byte[] Write(string created) =>
        Encoding.UTF8.GetBytes($"{{\n  \"slug\": {Quoted(Slug)},\n  \"title\": {Quoted(Title)},\n  \"version\": \"{FirstVersion}\",\n  \"created\": {Quoted(created)}\n}}");

    /// <summary>A time as old programs write it: nanoseconds, and the offset of UTC in digits.</summary>
    /// <param name="nanoseconds">Since the Unix epoch.</param>
    public static string Time(long nanoseconds)
    {
        const long PerSecond = 1_000_000_000;
        var seconds = DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor((decimal)nanoseconds / PerSecond));
        var rest = nanoseconds - (seconds.ToUnixTimeSeconds() * PerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds:yyyy-MM-ddTHH:mm:ss}.{rest:d9}+00:00");
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
