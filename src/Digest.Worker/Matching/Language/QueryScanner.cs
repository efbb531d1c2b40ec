using System.Globalization;

namespace Digest.Worker.Matching.Language;

/// <summary>Cuts a line into operands and operators, one token ahead of the parser.</summary>
internal sealed class QueryScanner
{
    private readonly string _line;
    private int _at;

    public QueryScanner(string line, int start)
    {
        (_line, _at) = (line, start);
        Advance();
    }

    public QueryToken Next { get; private set; }

    public void Advance() => Next = Read();

    public bool Take(QueryTokenKind kind)
    {
        if (Next.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>The number of <c>~5</c> or <c>^2</c>, taken; null where another token stands.</summary>
    public double? TakeNumber(char mark)
    {
        if (Next.Kind != QueryTokenKind.Number || Next.Text[0] != mark)
        {
            return null;
        }

        var number = double.TryParse(Next.Text.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
        Advance();
        return number;
    }

    private QueryToken Read()
    {
        SkipSpaces();
        var at = _at;
        if (at >= _line.Length)
        {
            return new QueryToken(QueryTokenKind.End, "", at);
        }

        switch (_line[at])
        {
            case '(':
                _at++;
                return new QueryToken(QueryTokenKind.Open, "(", at);
            case ')':
                _at++;
                return new QueryToken(QueryTokenKind.Close, ")", at);
            case '"' or '“' or '”' or '„' or '«' or '»':
                return ReadQuoted(at);
            case '^' or '~':
                return ReadNumber(at);
            case '-' or '−' or '!' when at + 1 < _line.Length && (char.IsLetterOrDigit(_line[at + 1]) || IsQuote(_line[at + 1]) || _line[at + 1] == '('):
                _at++;
                return new QueryToken(QueryTokenKind.Not, "-", at);
            default:
                return ReadWords(at);
        }
    }

    private QueryToken ReadQuoted(int at)
    {
        var end = at + 1;
        while (end < _line.Length && !IsQuote(_line[end]))
        {
            end++;
        }

        if (end == _line.Length)
        {
            throw new QuerySyntaxException(at, $"This quotation mark is never closed.");
        }

        _at = end + 1;
        return new QueryToken(QueryTokenKind.Quoted, _line[(at + 1)..end], at);
    }

    private QueryToken ReadNumber(int at)
    {
        var end = at + 1;
        while (end < _line.Length && (char.IsAsciiDigit(_line[end]) || _line[end] == '.'))
        {
            end++;
        }

        _at = end;
        return end > at + 1
            ? new QueryToken(QueryTokenKind.Number, _line[at..end], at)
            : throw new QuerySyntaxException(at, $"After {_line[at]} a number is missing.");
    }

    /// <summary>One operator or field, or the longest run of plain words.</summary>
    private QueryToken ReadWords(int at)
    {
        var end = at;
        while (true)
        {
            var chunk = ChunkEnd(_at);
            var text = _line.AsSpan(_at, chunk - _at);
            var special = text.Length == 0 ? QueryTokenKind.Words : Operator(text);
            var colon = text.IndexOf(':');
            if (colon > 0 && FieldNames.Contains(text[..colon]))
            {
                special = QueryTokenKind.Field;
                chunk = _at + colon + 1;
            }

            if (special != QueryTokenKind.Words && end > at)
            {
                _at = end;
                return Words(at, end);
            }

            if (special != QueryTokenKind.Words)
            {
                _at = chunk;
                return new QueryToken(special, _line[at..chunk].TrimEnd(':'), at);
            }

            _at = end = chunk;
            SkipSpaces();
            if (_at >= _line.Length || StopsWords(_at))
            {
                return Words(at, end);
            }
        }
    }

    /// <summary>A lone dash or full stop is no operand.</summary>
    private QueryToken Words(int at, int end)
    {
        foreach (var c in _line.AsSpan(at, end - at))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                return new QueryToken(QueryTokenKind.Words, _line[at..end], at);
            }
        }

        return Read();
    }

    /// <summary>Up to a space, quotation mark, outer parenthesis or weight. "f(R)" and "SU(2)" are words.</summary>
    private int ChunkEnd(int from)
    {
        var at = from;
        while (at < _line.Length && !char.IsWhiteSpace(_line[at]) && _line[at] != ')' && !IsQuote(_line[at]) && !IsWeight(at))
        {
            if (_line[at] == '(')
            {
                var close = _line.AsSpan(at).IndexOfAny(')', ' ');
                if (at == from || close < 2 || _line[at + close] != ')')
                {
                    break;
                }

                at += close;
            }

            at++;
        }

        return at == from ? at + 1 : at;
    }

    private bool StopsWords(int at) => _line[at] is '(' or ')' or '^' or '~' || IsQuote(_line[at])
        || (_line[at] is '-' or '−' or '!' && at + 1 < _line.Length && (char.IsLetterOrDigit(_line[at + 1]) || IsQuote(_line[at + 1]) || _line[at + 1] == '('));

    private bool IsWeight(int at) => _line[at] == '^' && at + 1 < _line.Length && (char.IsAsciiDigit(_line[at + 1]) || _line[at + 1] == '.');

    private static QueryTokenKind Operator(ReadOnlySpan<char> text) => text switch
    {
        "or" or "OR" or "Or" or "|" or "||" => QueryTokenKind.Or,
        "and" or "AND" or "And" or "&" or "&&" or "+" => QueryTokenKind.And,
        "not" or "NOT" or "Not" or "ANDNOT" => QueryTokenKind.Not,
        _ => QueryTokenKind.Words,
    };

    private void SkipSpaces()
    {
        while (_at < _line.Length && char.IsWhiteSpace(_line[_at]))
        {
            _at++;
        }
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';
}
