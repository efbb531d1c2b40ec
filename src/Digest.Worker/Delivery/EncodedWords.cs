using System.Text;

namespace Digest.Worker.Delivery;

/// <summary>Free text in a header (RFC 2047): as it is where it is plain ASCII that can be folded, else as base64 words of at most 75 characters.</summary>
internal static class EncodedWords
{
    /// <summary>75 less <c>=?utf-8?B?</c> and <c>?=</c>, in whole groups of four characters: 45 octets of text.</summary>
    private const int OctetsAWord = 45;

    private const int LongestPlainWord = 60;

    /// <summary>What may stand in a display name without quotes, besides letters and digits (RFC 5322, 3.2.3), and the space.</summary>
    private const string PlainInPhrase = " !#$%&'*+-/=?^_`{|}~";

    public static bool IsPlain(string text, bool phrase) =>
        Ascii.IsValid(text) && !text.Contains("=?", StringComparison.Ordinal) && text.Split(' ').All(word => word.Length <= LongestPlainWord)
        && (!phrase || text.All(c => char.IsAsciiLetterOrDigit(c) || PlainInPhrase.Contains(c, StringComparison.Ordinal)));

    /// <summary>The words, in their order; white space between two of them is not part of the text.</summary>
    public static IReadOnlyList<string> Encode(string text)
    {
        var words = new List<string>();
        Span<byte> octets = stackalloc byte[OctetsAWord];
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > OctetsAWord)
            {
                words.Add(Word(octets[..used]));
                used = 0;
            }
            used += rune.EncodeToUtf8(octets[used..]);
        }
        if (used > 0)
            words.Add(Word(octets[..used]));
        return words;
    }

    private static string Word(ReadOnlySpan<byte> octets) => $"=?utf-8?B?{Convert.ToBase64String(octets)}?=";
}
