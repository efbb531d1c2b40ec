namespace Digest.Worker.Matching.Language;

/// <summary>
/// Recursive descent over one line: <c>or</c> binds weakest, then <c>and</c> (also by mere neighbourhood of operands), then <c>not</c> and
/// fields, then <c>^weight</c>. Words side by side are one operand.
/// </summary>
internal sealed class QueryParser(string line, int start)
{
    private const int DeepestNesting = 20;

    private readonly QueryScanner _scanner = new(line, start);
    private int _depth;

    /// <exception cref="QuerySyntaxException">The line is not in the language; the exception names the place.</exception>
    public Query Parse()
    {
        var query = Or(Fields.Both);
        if (_scanner.Next.Kind != QueryTokenKind.End)
        {
            throw new QuerySyntaxException(_scanner.Next.At, $"There is a closing parenthesis without its opening one.");
        }

        RefuseLooseNot(query, isTop: true);
        return query;
    }

    private Query Or(Fields fields)
    {
        if (++_depth > DeepestNesting)
        {
            throw new QuerySyntaxException(_scanner.Next.At, $"Parentheses are nested more than {DeepestNesting} deep.");
        }

        // Most lines are one operand, and need no list.
        var first = And(fields);
        List<Query>? parts = null;
        while (_scanner.Take(QueryTokenKind.Or))
        {
            (parts ??= [first]).Add(And(fields));
        }

        _depth--;
        return parts is null ? first : new Query.Any(parts);
    }

    private Query And(Fields fields)
    {
        var first = Not(fields);
        List<Query>? parts = null;
        while (_scanner.Take(QueryTokenKind.And) || StartsOperand(_scanner.Next.Kind))
        {
            (parts ??= [first]).Add(Not(fields));
        }

        return parts is null ? first : new Query.All(parts);
    }

    private Query Not(Fields fields)
    {
        var negative = false;
        while (_scanner.Take(QueryTokenKind.Not))
        {
            negative = !negative;
        }

        var operand = Weighted(Operand(fields));
        return negative ? new Query.Not(operand) : operand;
    }

    private Query Operand(Fields fields)
    {
        var token = _scanner.Next;
        switch (token.Kind)
        {
            case QueryTokenKind.Open:
                _scanner.Advance();
                var inner = Or(fields);
                return _scanner.Take(QueryTokenKind.Close)
                    ? inner
                    : throw new QuerySyntaxException(token.At, $"This parenthesis is never closed.");
            case QueryTokenKind.Field:
                _scanner.Advance();
                return InField(FieldNames.Of(token.Text), token, fields);
            case QueryTokenKind.Quoted:
                _scanner.Advance();
                return Quoted(token, fields);
            case QueryTokenKind.Words:
                _scanner.Advance();
                return CategoryCode.Alone(token.Text) is { } code
                    ? new Query.Category(code)
                    : PlainWords.Of(token.Text, fields) ?? throw new QuerySyntaxException(token.At, $"There is no letter or digit in this word.");
            default:
                throw new QuerySyntaxException(token.At, token.Kind switch
                {
                    QueryTokenKind.End => (FormattableString)$"Something is missing at the end of the line.",
                    QueryTokenKind.Close => $"There is nothing before this closing parenthesis.",
                    _ => $"There is nothing before \"{token.Text}\".",
                });
        }
    }

    private Query InField(FieldName name, QueryToken field, Fields outer) => name switch
    {
        FieldName.Title => Not(Fields.Title),
        FieldName.Abstract => Not(Fields.Abstract),
        FieldName.Author or FieldName.Category => Names(name),
        _ => Not(outer),
    };

    /// <summary>After <c>author:</c> and <c>cat:</c>: words, quoted words, or a parenthesis of them.</summary>
    private Query Names(FieldName name)
    {
        var token = _scanner.Next;
        if (_scanner.Take(QueryTokenKind.Open))
        {
            var parts = new List<Query> { Names(name) };
            while (_scanner.Take(QueryTokenKind.Or))
            {
                parts.Add(Names(name));
            }

            return _scanner.Take(QueryTokenKind.Close)
                ? new Query.Any(parts)
                : throw new QuerySyntaxException(token.At, $"Inside author:( ) and cat:( ) stand names with \"or\" between them, then a closing parenthesis.");
        }

        if (token.Kind is not (QueryTokenKind.Words or QueryTokenKind.Quoted))
        {
            throw new QuerySyntaxException(token.At, name == FieldName.Author ? (FormattableString)$"After author: a name is missing." : $"After cat: a category is missing.");
        }

        _scanner.Advance();
        if (name == FieldName.Author)
        {
            return AuthorName.Parse(token.Text) is { } author
                ? new Query.Author(author)
                : throw new QuerySyntaxException(token.At, $"After author: a name is missing.");
        }

        var codes = token.Text.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var categories = codes.Select(code => CategoryCode.Of(code) ?? throw new QuerySyntaxException(
            token.At, $"\"{code}\" is not a category; write for example cat:cs.LG or cat:cs.*.")).Select(Query (code) => new Query.Category(code)).ToList();
        return categories.Count == 1 ? categories[0] : new Query.Any(categories);
    }

    private Query Quoted(QueryToken token, Fields fields)
    {
        if (_scanner.TakeNumber('~') is not { } distance)
        {
            return PlainWords.Phrase(token.Text) is { } phrase
                ? new Query.Phrase(phrase, fields)
                : throw new QuerySyntaxException(token.At, $"There is no word between the quotation marks.");
        }

        if (distance is < 0 or > 50 || distance != Math.Floor(distance))
        {
            throw new QuerySyntaxException(token.At, $"After ~ stands a whole number from 0 to 50: how many other words may stand between.");
        }

        return PlainWords.Of(token.Text, fields) switch
        {
            Query.Plain plain => new Query.Near(plain.Words, (int)distance, fields),
            Query.Phrase phrase => phrase,
            _ => throw new QuerySyntaxException(token.At, $"There is no word between the quotation marks."),
        };
    }

    private Query Weighted(Query operand)
    {
        var at = _scanner.Next.At;
        return _scanner.TakeNumber('^') switch
        {
            null or 1 => operand,
            >= 0.1 and <= 10 and { } weight => new Query.Weighted(operand, weight),
            _ => throw new QuerySyntaxException(at, $"A weight is a number from 0.1 to 10, like ^2."),
        };
    }

    /// <summary>"a or not b" would fit nearly every paper.</summary>
    private void RefuseLooseNot(Query query, bool isTop)
    {
        switch (query)
        {
            case Query.Any any when any.Of.Any(part => part is Query.Not):
                throw new QuerySyntaxException(start, $"\"or not\" would fit nearly every paper; write what is wanted first, then \"not\".");
            case Query.Any any:
                any.Of.ToList().ForEach(part => RefuseLooseNot(part, isTop: false));
                break;
            case Query.All all when !isTop && all.Of.All(part => part is Query.Not):
                throw new QuerySyntaxException(start, $"A parenthesis with exclusions only looks for nothing; write what is wanted first, then \"not\".");
            case Query.All all:
                all.Of.ToList().ForEach(part => RefuseLooseNot(part, isTop: part is Query.Not));
                break;
            case Query.Not not:
                RefuseLooseNot(not.Of, isTop: false);
                break;
            case Query.Weighted weighted:
                RefuseLooseNot(weighted.Of, isTop: false);
                break;
        }
    }

    private static bool StartsOperand(QueryTokenKind kind) =>
        kind is QueryTokenKind.Open or QueryTokenKind.Field or QueryTokenKind.Quoted or QueryTokenKind.Words or QueryTokenKind.Not;
}
