using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.BackTesting;

/// <summary>The words that a line is made of, each as a question of its own.</summary>
internal static class LineWords
{
    /// <summary>Of a line of several words or alternatives: each. Of a line that is one thing: nothing, for the line itself says it.</summary>
    public static IReadOnlyList<(string Text, Query Query)> Of(Query query) => Distinct(Parts(query)) is { Count: > 1 } parts ? parts : [];

    /// <summary>All words of a line, folded.</summary>
    public static IEnumerable<string> Folded(Query query) => Terms(query).SelectMany(term => Enumerable.Range(0, term.WordCount).Select(i => term.Word(i).ToString()));

    private static List<(string Text, Query Query)> Distinct(IEnumerable<(string Text, Query Query)> parts) => [.. parts.DistinctBy(part => part.Text)];

    private static IEnumerable<(string Text, Query Query)> Parts(Query query) => query switch
    {
        Query.Phrase phrase => [(Written(phrase.Term), query)],
        Query.Plain plain => plain.Words.Select(word => (Written(word), (Query)new Query.Phrase(word, plain.Fields))),
        Query.Near near => near.Words.Select(word => (Written(word), (Query)new Query.Phrase(word, near.Fields))),
        Query.Author author => [($"author: {string.Join(' ', author.Name.Given.Append(author.Name.Family))}", query)],
        Query.Category category => [($"cat:{category.Code}", query)],
        Query.All all => all.Of.Where(part => part is not Query.Not).SelectMany(Parts),
        Query.Any any => any.Of.SelectMany(Parts),
        Query.Weighted weighted => Parts(weighted.Of),
        _ => [],
    };

    private static IEnumerable<Term> Terms(Query query) => query switch
    {
        Query.Phrase phrase => [phrase.Term],
        Query.Plain plain => plain.Words,
        Query.Near near => near.Words,
        Query.All all => all.Of.SelectMany(Terms),
        Query.Any any => any.Of.SelectMany(Terms),
        Query.Weighted weighted => Terms(weighted.Of),
        Query.Not not => Terms(not.Of),
        _ => [],
    };

    private static string Written(Term term) => string.Join(' ', Enumerable.Range(0, term.WordCount).Select(i => term.Word(i).ToString())) + (term.IsPrefix ? "*" : "");
}
