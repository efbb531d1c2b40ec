using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Index;

/// <summary>What stands first in the run of numbers of a query or of one of its parts.</summary>
internal enum QueryKind
{
    Phrase,
    Plain,
    Near,
    Author,
    Category,
    All,
    Any,
    Not,
    Weighted,
}

/// <summary>A query as a run of numbers, its words being numbers of a <see cref="TermTable"/>: a tenth of the memory of the tree.</summary>
internal static class QueryCode
{
    public static void Write(Query query, TermTable terms, List<int> run)
    {
        switch (query)
        {
            case Query.Phrase phrase:
                run.Add(Header(QueryKind.Phrase, phrase.Fields));
                run.Add(terms.Number(phrase.Term));
                break;
            case Query.Plain plain:
                run.Add(Header(QueryKind.Plain, plain.Fields, plain.Words.Count));
                run.Add(plain.Whole is null ? -1 : terms.Number(plain.Whole));
                for (var word = 0; word < plain.Words.Count; word++)
                {
                    run.Add(terms.Number(plain.Words[word]));
                }

                break;
            case Query.Near near:
                run.Add(Header(QueryKind.Near, near.Fields, near.Words.Count));
                run.Add(near.Distance);
                run.AddRange(near.Words.Select(terms.Number));
                break;
            case Query.Author author:
                run.Add(Header(QueryKind.Author, default, author.Name.Given.Count));
                run.Add(author.Name.Family);
                foreach (var given in author.Name.Given)
                {
                    run.Add(given);
                }

                break;
            case Query.Category category:
                run.Add(Header(QueryKind.Category, default));
                run.Add(category.Code);
                break;
            case Query.All all:
                WriteAll(QueryKind.All, all.Of, terms, run);
                break;
            case Query.Any any:
                WriteAll(QueryKind.Any, any.Of, terms, run);
                break;
            case Query.Not not:
                WriteAll(QueryKind.Not, [not.Of], terms, run);
                break;
            case Query.Weighted weighted:
                var bits = BitConverter.DoubleToInt64Bits(weighted.Weight);
                run.Add(Header(QueryKind.Weighted, default));
                run.Add((int)bits);
                run.Add((int)(bits >> 32));
                Write(weighted.Of, terms, run);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(query), query, "An unknown kind of query.");
        }
    }

    public static QueryKind Kind(ReadOnlySpan<int> run) => (QueryKind)(run[0] & 0xFF);

    public static Fields FieldsOf(ReadOnlySpan<int> run) => (Fields)((run[0] >> 8) & 0xFF);

    /// <summary>The numbers of the words of a run that begins with a <see cref="QueryKind.Plain"/>.</summary>
    public static ReadOnlySpan<int> PlainWords(ReadOnlySpan<int> run) => run.Slice(2, run[0] >> 16);

    /// <summary>The query, with the terms that <paramref name="term"/> gives for their numbers.</summary>
    public static Query Read(ReadOnlySpan<int> run, Func<int, Term> term) => Take(ref run, term);

    private static void WriteAll(QueryKind kind, IReadOnlyList<Query> parts, TermTable terms, List<int> run)
    {
        run.Add(Header(kind, default, parts.Count));
        foreach (var part in parts)
        {
            Write(part, terms, run);
        }
    }

    private static int Header(QueryKind kind, Fields fields, int count = 0) => (int)kind | ((int)fields << 8) | (count << 16);

    private static Query Take(ref ReadOnlySpan<int> run, Func<int, Term> term)
    {
        var (kind, fields, count) = (Kind(run), FieldsOf(run), NumberRun.Take(ref run) >> 16);
        switch (kind)
        {
            case QueryKind.Phrase:
                return new Query.Phrase(term(NumberRun.Take(ref run)), fields);
            case QueryKind.Plain:
                var whole = NumberRun.Take(ref run);
                return new Query.Plain(whole < 0 ? null : term(whole), TakeTerms(ref run, count, term), fields);
            case QueryKind.Near:
                var distance = NumberRun.Take(ref run);
                return new Query.Near(TakeTerms(ref run, count, term), distance, fields);
            case QueryKind.Author:
                var names = new string[count + 1];
                for (var i = 0; i < names.Length; i++)
                {
                    names[i] = NumberRun.TakeText(ref run);
                }

                return new Query.Author(new AuthorName(names[0], names[1..]));
            case QueryKind.Category:
                return new Query.Category(NumberRun.TakeText(ref run));
            case QueryKind.All:
                return new Query.All(TakeAll(ref run, count, term));
            case QueryKind.Any:
                return new Query.Any(TakeAll(ref run, count, term));
            case QueryKind.Not:
                return new Query.Not(Take(ref run, term));
            case QueryKind.Weighted:
                var bits = (uint)NumberRun.Take(ref run) | ((long)NumberRun.Take(ref run) << 32);
                return new Query.Weighted(Take(ref run, term), BitConverter.Int64BitsToDouble(bits));
            default:
                throw new InvalidDataException($"There is no query of kind {kind}.");
        }
    }

    private static Query[] TakeAll(ref ReadOnlySpan<int> run, int count, Func<int, Term> term)
    {
        var parts = new Query[count];
        for (var i = 0; i < count; i++)
        {
            parts[i] = Take(ref run, term);
        }

        return parts;
    }

    private static Term[] TakeTerms(ref ReadOnlySpan<int> run, int count, Func<int, Term> term)
    {
        var terms = new Term[count];
        for (var i = 0; i < count; i++)
        {
            terms[i] = term(NumberRun.Take(ref run));
        }

        return terms;
    }
}
