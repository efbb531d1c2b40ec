using System.Text;

namespace Digest.Templates.Output;

/// <summary>What the encoded size of a text depends on. Pieces measured apart add up to the whole.</summary>
/// <param name="Chars">UTF-16 units, LF line ends.</param>
/// <param name="Octets">Octets as UTF-8, LF line ends.</param>
internal readonly record struct TextMeasure(int Chars, int Octets, int Lines, int EqualSigns)
{
    public static TextMeasure Of(ReadOnlySpan<char> text) =>
        new(text.Length, Encoding.UTF8.GetByteCount(text), text.Count('\n'), text.Count('='));

    public static TextMeasure operator +(TextMeasure a, TextMeasure b) =>
        new(a.Chars + b.Chars, a.Octets + b.Octets, a.Lines + b.Lines, a.EqualSigns + b.EqualSigns);

    public static TextMeasure operator *(TextMeasure a, int times) =>
        new(a.Chars * times, a.Octets * times, a.Lines * times, a.EqualSigns * times);
}
