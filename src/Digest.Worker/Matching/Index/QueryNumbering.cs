using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Index;

/// <summary>The same query with the index's own terms in it.</summary>
internal static class QueryNumbering
{
    public static Query With(TermTable terms, Query query) => query switch
    {
        Query.Phrase phrase => phrase with { Term = terms.Number(phrase.Term) },
        Query.Plain plain => plain with { Whole = plain.Whole is null ? null : terms.Number(plain.Whole), Words = Number(terms, plain.Words) },
        Query.Near near => near with { Words = Number(terms, near.Words) },
        Query.All all => new Query.All([.. all.Of.Select(part => With(terms, part))]),
        Query.Any any => new Query.Any([.. any.Of.Select(part => With(terms, part))]),
        Query.Not not => new Query.Not(With(terms, not.Of)),
        Query.Weighted weighted => weighted with { Of = With(terms, weighted.Of) },
        _ => query,
    };

    private static Term[] Number(TermTable terms, IReadOnlyList<Term> words)
    {
        var numbered = new Term[words.Count];
        for (var i = 0; i < numbered.Length; i++)
        {
            numbered[i] = terms.Number(words[i]);
        }

        return numbered;
    }
}
