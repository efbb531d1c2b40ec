using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Quotation marks as TeX wants them: <c>``so''</c>, <c>`so'</c>. Straight ones and single backticks around code stay.</summary>
internal sealed class Quotes(Manuscript source)
{
    private const int LongestQuotation = 300;

    private int singleClose = -1;
    private bool doubleOpen;
    private bool straightOpen;

    public int Set(int at, int end, Setting setting, StringBuilder output)
    {
        var c = source.At(at);
        if (setting != Setting.Prose)
        {
            var second = c == '\'' && source.At(at + 1) == '\'' && at + 1 < end;
            output.Append(second ? '″' : c == '\'' ? '′' : c);
            return second ? at + 2 : at + 1;
        }

        return c switch
        {
            '`' => Open(at, end, output),
            '\'' => Close(at, end, output),
            _ => Straight(at, output),
        };
    }

    private int Open(int at, int end, StringBuilder output)
    {
        if (source.Follows(at, "```"))
        {
            var i = at;
            while (i < end && source.At(i) == '`')
                i++;
            output.Append('`', i - at);
            return i;
        }

        if (source.At(at + 1) == '`')
        {
            doubleOpen = true;
            output.Append('“');
            return at + 2;
        }

        var close = SingleClose(at + 1, end);
        if (close > 0)
            singleClose = close;
        output.Append(close > 0 ? '‘' : '`');
        return at + 1;
    }

    private int Close(int at, int end, StringBuilder output)
    {
        if (at == singleClose)
        {
            output.Append('’');
            return at + 1;
        }

        if (at + 1 >= end || source.At(at + 1) != '\'')
        {
            output.Append('\'');
            return at + 1;
        }

        // "so'': the author meant one pair.
        if (straightOpen && !doubleOpen)
        {
            straightOpen = false;
            output.Append('"');
            return at + 2;
        }

        var opens = !doubleOpen && source.At(at - 1) is ' ' or '(' or '\0' && source.At(at + 2) is not (' ' or '\0');
        doubleOpen = opens;
        output.Append(opens ? '“' : '”');
        return at + 2;
    }

    private int Straight(int at, StringBuilder output)
    {
        output.Append(doubleOpen ? '”' : '"');
        straightOpen = !doubleOpen && !straightOpen;
        doubleOpen = false;
        return at + 1;
    }

    // The closing mark of `so': an apostrophe that no letter follows and no other mark comes before.
    private int SingleClose(int from, int end)
    {
        var last = Math.Min(end, from + LongestQuotation);
        for (var i = from; i < last; i++)
        {
            if (source.At(i) == '`')
                return -1;
            if (source.At(i) == '\'' && i > from && source.At(i + 1) != '\'' && source.At(i - 1) is not (' ' or '\'') && !char.IsLetterOrDigit(source.At(i + 1)))
                return i;
        }

        return -1;
    }
}
