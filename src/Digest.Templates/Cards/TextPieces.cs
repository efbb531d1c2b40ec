using Digest.Templates.Output;

namespace Digest.Templates.Cards;

/// <summary>
/// The text part's entry of a paper, folded once; only a line with the reader's own interest in it is folded for each reader,
/// since its width decides where it breaks.
/// </summary>
internal sealed class TextPieces
{
    private readonly (Pieces? Folded, string? Line)[] _parts;
    private readonly int _emptyBefore;
    private readonly int _emptyAfter;

    /// <param name="text">What the template wrote, LF line ends.</param>
    public TextPieces(ReadOnlySpan<char> text)
    {
        var parts = new List<(Pieces?, string?)>();
        var folded = new OutputBuffer();
        var gap = new LineGap();
        var empty = 0;
        foreach (var line in text.EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                empty++;
                continue;
            }

            if (parts.Count == 0 && folded.Length == 0)
                _emptyBefore = empty;
            else
                AppendEmpty(folded, ref gap, empty);
            empty = 0;
            gap.Text();
            if (line.Contains(Slot.Interest))
            {
                Flush(folded, parts);
                parts.Add((null, line.ToString()));
                continue;
            }

            TextWrap.FoldLine(folded, line);
            folded.Append('\n');
        }

        Flush(folded, parts);
        _emptyAfter = empty;
        _parts = [.. parts];
    }

    public int Size => _parts.Sum(part => part.Folded?.Size ?? part.Line!.Length * 2 + 40) + 60;

    public void WriteTo(OctetBuffer output, ref LineGap gap, OutputBuffer scratch, ReaderValue number, ReaderValue interest)
    {
        AppendEmpty(output, ref gap, _emptyBefore);
        foreach (var (folded, line) in _parts)
        {
            if (folded is not null)
                folded.WriteTo(output, number, interest);
            else
                WriteLine(output, scratch, line, number.Text, interest.Text);
        }

        if (_parts.Length > 0)
            gap.Text();
        AppendEmpty(output, ref gap, _emptyAfter);
    }

    private static void WriteLine(OctetBuffer output, OutputBuffer scratch, ReadOnlySpan<char> line, string number, string interest)
    {
        scratch.Truncate(0);
        while (line.IndexOfAny(Slot.Number, Slot.Interest) is var at and >= 0)
        {
            scratch.Append(line[..at]);
            scratch.Append(line[at] == Slot.Number ? number : interest);
            var length = line[at] == Slot.Number ? line[at..].IndexOfAnyExcept(Slot.Number) : 1;
            line = line[(length < 0 ? line.Length : at + length)..];
        }

        scratch.Append(line);
        if (DisplayWidth.Of(scratch.Written) > TextWrap.Columns)
        {
            var whole = scratch.ToString();
            scratch.Truncate(0);
            TextWrap.FoldLine(scratch, whole);
        }

        output.Append(scratch.Written.TrimEnd());
        output.EndLine();
    }

    private static void Flush(OutputBuffer folded, List<(Pieces?, string?)> parts)
    {
        if (folded.Length > 0)
            parts.Add((Pieces.Of(folded.Written), null));
        folded.Truncate(0);
    }

    private static void AppendEmpty(OutputBuffer output, ref LineGap gap, int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            if (gap.TakesEmpty())
                output.Append('\n');
        }
    }

    private static void AppendEmpty(OctetBuffer output, ref LineGap gap, int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            if (gap.TakesEmpty())
                output.EndLine();
        }
    }
}
