using Digest.Templates.Output;

namespace Digest.Templates.Cards;

/// <summary>A written text in the form in which it travels, cut at the places of a reader's own values.</summary>
internal sealed class Pieces
{
    private readonly byte[] _octets;
    private readonly (int End, char Slot)[] _cuts;
    private readonly TextMeasure _fixed;
    private readonly int _numbers;
    private readonly int _interests;
    private readonly int _longestLine;

    private Pieces(OctetBuffer octets, List<(int End, char Slot)> cuts, TextMeasure measure)
    {
        // In the order in which they are read: what lies together comes together.
        _cuts = [.. cuts];
        _octets = octets.Written.ToArray();
        _fixed = measure;
        _numbers = cuts.Count(cut => cut.Slot == Slot.Number);
        _interests = cuts.Count - _numbers;
        _longestLine = Longest(_octets);
    }

    public int Size => _octets.Length + _cuts.Length * 8 + 100;

    /// <param name="text">LF line ends; a row of number slots is one number.</param>
    public static Pieces Of(ReadOnlySpan<char> text)
    {
        var octets = new OctetBuffer();
        var cuts = new List<(int, char)>();
        var measure = default(TextMeasure);
        while (text.IndexOfAny(Slot.Number, Slot.Interest) is var at and >= 0)
        {
            octets.Append(text[..at]);
            measure += TextMeasure.Of(text[..at]);
            var slot = text[at];
            cuts.Add((octets.Length, slot));
            var length = slot == Slot.Number ? text[at..].IndexOfAnyExcept(Slot.Number) : 1;
            text = text[(length < 0 ? text.Length : at + length)..];
        }

        octets.Append(text);
        return new Pieces(octets, cuts, measure + TextMeasure.Of(text));
    }

    public TextMeasure Measure(ReaderValue number, ReaderValue interest) =>
        _fixed + number.Measure * _numbers + interest.Measure * _interests;

    /// <summary>True where no line can be over the limit, whatever line the values stand in.</summary>
    public bool FitsLines(ReaderValue number, ReaderValue interest) =>
        _longestLine + number.Octets.Length * _numbers + interest.Octets.Length * _interests <= LineLimit.Octets;

    public void WriteTo(OctetBuffer output, ReaderValue number, ReaderValue interest)
    {
        var start = 0;
        foreach (var (end, slot) in _cuts)
        {
            output.Append(_octets.AsSpan(start, end - start));
            output.Append((slot == Slot.Number ? number : interest).Octets);
            start = end;
        }

        output.Append(_octets.AsSpan(start));
    }

    private static int Longest(ReadOnlySpan<byte> octets)
    {
        var longest = 0;
        while (octets.IndexOf((byte)'\n') is var end and >= 0)
        {
            longest = Math.Max(longest, end - 1);
            octets = octets[(end + 1)..];
        }

        return Math.Max(longest, octets.Length);
    }
}
