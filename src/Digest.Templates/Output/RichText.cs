namespace Digest.Templates.Output;

/// <summary>A run of plain text; marked runs are the words that hit an interest, linked runs are addresses, a line does not end in kept ones.</summary>
internal readonly record struct TextRun(string Text, bool Marked = false, string? Link = null, bool Kept = false);

/// <summary>Text with marked words, written by each part in its own way: bold in HTML, between asterisks in plain text.</summary>
internal sealed class RichText(IReadOnlyList<TextRun> runs)
{
    public IReadOnlyList<TextRun> Runs { get; } = runs;

    /// <summary>A title stands out as it is: plain text does not mark words in it.</summary>
    public bool IsTitle { get; init; }

    public override string ToString() => string.Concat(Runs.Select(run => run.Text));
}
