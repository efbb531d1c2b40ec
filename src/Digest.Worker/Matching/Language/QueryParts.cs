using System.Globalization;
using System.Text;

namespace Digest.Worker.Matching.Language;

/// <summary>Questions about a query's parts.</summary>
internal static class QueryParts
{
    /// <summary>Two queries with the same canonical text find the same papers with the same scores.</summary>
    public static StringBuilder WriteCanonical(Query query, StringBuilder to) => Write(query, to);

    public static IEnumerable<string> Categories(Query query) => query switch
    {
        Query.Category category => [category.Code],
        Query.All all => all.Of.SelectMany(Categories),
        Query.Any any => any.Of.SelectMany(Categories),
        Query.Weighted weighted => Categories(weighted.Of),
        _ => [],
    };

    private static StringBuilder Write(Query query, StringBuilder to)
    {
        switch (query)
        {
            case Query.Phrase phrase:
                return Write(phrase.Term, to.Append('p').Append((int)phrase.Fields));
            case Query.Plain plain:
                to.Append('w').Append((int)plain.Fields);
                if (plain.Whole is not null)
                {
                    Write(plain.Whole, to);
                }

                return WriteAll(plain.Words, Write, to);
            case Query.Near near:
                return WriteAll(near.Words, Write, to.Append('n').Append((int)near.Fields).Append(near.Distance.ToString(CultureInfo.InvariantCulture)));
            case Query.Author author:
                return to.Append('a').Append(author.Name.Family).Append(',').AppendJoin(' ', author.Name.Given);
            case Query.Category category:
                return to.Append('c').Append(category.Code);
            case Query.All all:
                return WriteAll(all.Of, Write, to.Append('&'));
            case Query.Any any:
                return WriteAll(any.Of, Write, to.Append('|'));
            case Query.Not not:
                return Write(not.Of, to.Append('!'));
            case Query.Weighted weighted:
                return Write(weighted.Of, to.Append('^').Append(weighted.Weight.ToString(CultureInfo.InvariantCulture)).Append(' '));
            default:
                throw new ArgumentOutOfRangeException(nameof(query), query, "An unknown kind of query.");
        }
    }

    private static StringBuilder Write(Term term, StringBuilder to)
    {
        to.Append('"');
        if (term.Stem is not null)
        {
            return to.Append(term.Stem).Append("~\"");
        }

        for (var i = 0; i < term.WordCount; i++)
        {
            to.Append(term.Word(i)).Append(' ');
        }

        return (term.Cased is { } cased ? to.Append(cased.Replace('\0', '.')) : to).Append(term.IsPrefix ? "*\"" : "\"");
    }

    private static StringBuilder WriteAll<T>(IReadOnlyList<T> parts, Func<T, StringBuilder, StringBuilder> write, StringBuilder to)
    {
        to.Append('(');
        for (var place = 0; place < parts.Count; place++)
        {
            write(parts[place], to).Append(' ');
        }

        return to.Append(')');
    }
}
