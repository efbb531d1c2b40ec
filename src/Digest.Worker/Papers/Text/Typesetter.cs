using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>
/// Walks once over a manuscript and writes what a reader should see. Every rule gets a place in the source, writes, and returns the place
/// to go on from, which is always further on; so the walk is linear but for arguments, which are written <see cref="Deepest"/> deep at most.
/// </summary>
internal sealed class Typesetter(Manuscript source)
{
    /// <summary>Arguments nested deeper than this stay as they are.</summary>
    private const int Deepest = 12;

    private readonly Quotes quotes = new(source);
    private int depth;

    public Manuscript Source => source;

    public static string Set(string text)
    {
        var output = new StringBuilder(text.Length + 16);
        new Typesetter(new Manuscript(text)).Set(0, text.Length, Setting.Prose, output);
        return output.ToString();
    }

    public void Set(int from, int to, Setting setting, StringBuilder output)
    {
        for (var i = from; i < to;)
            i = Step(i, to, setting, output);
    }

    /// <summary>The argument of a command, by itself.</summary>
    public string Piece(int from, int to, Setting setting)
    {
        if (depth >= Deepest)
            return source.Text[from..to];
        depth++;
        var piece = new StringBuilder(to - from);
        Set(from, to, setting, piece);
        depth--;
        return setting == Setting.Prose ? piece.ToString() : piece.ToString().Trim(' ');
    }

    private int Step(int i, int end, Setting setting, StringBuilder output)
    {
        var c = source.Text[i];
        if (char.IsAsciiLetter(c))
            return Words.Set(source, i, end, output);
        switch (c)
        {
            case '\\':
                return Commands.Set(this, i, end, setting, output);
            case '$':
                return Formulas.Set(this, i, end, setting, output);
            case '{' or '}':
                return Groups.Set(this, i, end, setting, output);
            case '^' or '_':
                return ScriptMarks.Set(this, i, end, setting, output);
            case '~':
                return Ties.Set(source, i, setting, output);
            case '`' or '\'' or '"':
                return quotes.Set(i, end, setting, output);
            case '-' when setting == Setting.Prose:
                return Dashes.Set(source, i, end, output);
            case ' ' when setting == Setting.Script:
                return i + 1;
            default:
                output.Append(c);
                return i + 1;
        }
    }
}
