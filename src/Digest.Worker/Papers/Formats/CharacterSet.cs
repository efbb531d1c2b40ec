using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Digest.Worker.Papers.Formats;

/// <summary>
/// In which characters an answer is written: UTF-16 and UTF-32 by their marks or their zeros, else UTF-8 (leniently, see <see cref="LenientText"/>) unless
/// it is none and its prolog names something else. What is declared counts for less than what is there.
/// </summary>
internal static partial class CharacterSet
{
    /// <summary>So much is looked at to tell whether it is UTF-8.</summary>
    private const int Head = 1 << 16;

    static CharacterSet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text of an answer; its marks at the beginning are left out.</summary>
    public static TextReader Read(Stream answer)
    {
        var (head, whole) = RewoundStream.Peek(answer, Head);
        return new StreamReader(whole, Of(head.Span), detectEncodingFromByteOrderMarks: true);
    }

    public static Encoding Of(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => Declared(head) ?? LenientText.Encoding,
    };

    /// <summary>Another set than those that a lenient reading of UTF-8 comprises, where it is named and the bytes are no UTF-8.</summary>
    private static Encoding? Declared(ReadOnlySpan<byte> head)
    {
        // The last character may be cut in two.
        if (Utf8.IsValid(head) || (head.Length == Head && IsValidButForItsEnd(head)))
            return null;
        var name = Prolog().Match(Encoding.Latin1.GetString(head[..Math.Min(head.Length, 200)])) is { Success: true } match ? match.Groups["name"].Value.ToLowerInvariant() : "";
        if (name is "" or "utf-8" or "utf8" or "us-ascii" or "ascii" or "iso-8859-1" or "latin1" or "latin-1" or "windows-1252" || name.StartsWith("utf", StringComparison.Ordinal) || name.StartsWith("ucs", StringComparison.Ordinal))
            return null;
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsValidButForItsEnd(ReadOnlySpan<byte> head)
    {
        for (var cut = 1; cut <= 3; cut++)
            if (Utf8.IsValid(head[..^cut]))
                return true;
        return false;
    }

    [GeneratedRegex("""^\s*<\?xml\s[^>]*encoding\s*=\s*["'](?<name>[A-Za-z0-9._-]{2,40})["']""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Prolog();
}
