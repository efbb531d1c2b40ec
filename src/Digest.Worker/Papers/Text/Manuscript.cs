namespace Digest.Worker.Papers.Text;

/// <summary>A text and, found in one pass, which brace closes which and which dollar signs enclose a formula.</summary>
internal sealed class Manuscript
{
    private readonly int[] partner;

    public Manuscript(string text)
    {
        Text = text;
        partner = text.AsSpan().IndexOfAny('{', '}', '$') < 0 ? [] : new int[text.Length];
        if (partner.Length == 0)
            return;
        Array.Fill(partner, -1);
        MatchBraces();
        Dollars.Match(text, partner);
    }

    public string Text { get; }

    /// <summary>
    /// Where the brace or dollar sign at <paramref name="index"/> is closed (for a closing brace: opened); -1 if it stands alone.
    /// </summary>
    public int Partner(int index) => partner.Length == 0 ? -1 : partner[index];

    /// <summary>The character at <paramref name="index"/>, or U+0000 outside of the text.</summary>
    public char At(int index) => (uint)index < (uint)Text.Length ? Text[index] : '\0';

    public bool Follows(int index, string what) => string.CompareOrdinal(Text, index, what, 0, what.Length) == 0;

    private void MatchBraces()
    {
        var open = new Stack<int>();
        for (var i = 0; i < Text.Length; i++)
        {
            switch (Text[i])
            {
                case '\\':
                    i++;
                    break;
                case '{':
                    open.Push(i);
                    break;
                case '}' when open.TryPop(out var start):
                    (partner[start], partner[i]) = (i, start);
                    break;
            }
        }
    }
}
