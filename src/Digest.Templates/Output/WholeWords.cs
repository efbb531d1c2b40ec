namespace Digest.Templates.Output;

/// <summary>
/// A short text of ours whose words a line does not break in two: "cross-listed" has a hyphen, and between the characters of
/// "1月27日" a line may end anywhere.
/// </summary>
internal static class WholeWords
{
    // A longer one would be wider than a telephone.
    private const int LongestWord = 24;

    public static RichText Of(string text)
    {
        var runs = new List<TextRun>();
        var from = 0;
        foreach (var range in text.AsSpan().Split(' '))
        {
            var word = text[range];
            if (!Breaks(word) || word.Length > LongestWord)
                continue;
            if (range.Start.Value > from)
                runs.Add(new TextRun(text[from..range.Start.Value]));
            runs.Add(new TextRun(word, Kept: true));
            from = range.End.Value;
        }

        if (from < text.Length)
            runs.Add(new TextRun(text[from..]));
        return new RichText(runs);
    }

    private static bool Breaks(string word) => word.Contains('-', StringComparison.Ordinal) || word.EnumerateRunes().Any(DisplayWidth.IsWide);
}
