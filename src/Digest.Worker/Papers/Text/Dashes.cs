using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Two hyphens are a dash, three a long one; options of programs (<c>--force</c>), arrows and rulers are neither.</summary>
internal static class Dashes
{
    public static int Set(Manuscript source, int at, int end, StringBuilder output)
    {
        var i = at;
        while (i < end && source.At(i) == '-')
            i++;
        var run = i - at;
        var before = source.At(at - 1);
        var after = source.At(i);
        var option = before is ' ' or '(' or '`' or '\0' && char.IsAsciiLetterLower(after) && !ClosesLater(source, i, end);
        if (run is 2 or 3 && !option && after != '>' && before is not ('<' or '!'))
            output.Append(run == 2 ? '–' : '—');
        else
            output.Append('-', run);
        return i;
    }

    // "the method --in this case-- can": a dash that opens has one that closes.
    private static bool ClosesLater(Manuscript source, int from, int end)
    {
        var near = source.Text.AsSpan(from, Math.Min(end - from, 200));
        var dash = near.IndexOf("--");
        return dash > 0 && near[dash - 1] != ' ';
    }
}
