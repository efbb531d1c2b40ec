using Digest.Templates.Output;

namespace Digest.Templates.Cards;

/// <summary>Puts finished cards into the places that the issue's own template left for them.</summary>
internal static class SplicedIssue
{
    /// <returns>Null where a card does not stand on lines of its own, or a line would be too long: then the issue is written as a whole.</returns>
    public static MailPart? Html(ReadOnlySpan<char> shell, IssueCards cards, ShownAs[] layout, OctetBuffer output)
    {
        output.Clear();
        if (!LineLimit.Fits(shell))
            return null;
        while (NextCard(shell) is var at and >= 0)
        {
            if (at > 0 && shell[at - 1] != '\n' || at + 1 < shell.Length && shell[at + 1] != '\n')
                return null;
            var position = Slot.CardAt(shell[at]);
            if (!cards.FitsLines(position, layout[position]))
                return null;
            output.Append(shell[..at]);
            cards.WriteHtml(output, position, layout[position]);
            shell = shell[(at + 1)..];
        }

        output.Append(shell);
        return output.ToPart();
    }

    public static MailPart? Text(ReadOnlySpan<char> shell, IssueCards cards, ShownAs[] layout, OctetBuffer output, OutputBuffer scratch)
    {
        output.Clear();
        var gap = new LineGap();
        foreach (var range in shell.Split('\n'))
        {
            var line = shell[range];
            var at = NextCard(line);
            if (at >= 0)
            {
                if (line.Length > 1)
                    return null;
                var position = Slot.CardAt(line[0]);
                cards.WriteText(output, ref gap, position, layout[position]);
            }
            else if (gap.Takes(line))
            {
                scratch.Truncate(0);
                TextWrap.FoldLine(scratch, line);
                output.Append(scratch.Written);
                output.EndLine();
            }
        }

        output.TrimEmptyLines();
        return output.ToPart();
    }

    /// <summary>What the shell alone takes, without the characters that hold the places.</summary>
    public static TextMeasure Measure(ReadOnlySpan<char> shell, int places) =>
        TextMeasure.Of(shell) + new TextMeasure(1, 3, 0, 0) * -places;

    private static int NextCard(ReadOnlySpan<char> text) => text.IndexOfAnyInRange(Slot.FirstCard, Slot.LastCard);
}
