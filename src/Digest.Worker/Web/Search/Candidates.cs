using Digest.Worker.Matching.Language;
using Digest.Worker.Storage;

namespace Digest.Worker.Web.Search;

/// <summary>
/// What a paper must have to be worth scoring for a query, in the engine's own way of writing it. It lets through all that can fit and
/// more; the scoring decides.
/// </summary>
internal sealed class Candidates(WordSearch engine)
{
    /// <summary>Null where the query asks for no word, name or category that must be there.</summary>
    public string? Of(Query query) => query switch
    {
        Query.Phrase phrase => Of(phrase.Term),
        Query.Plain { IsDescription: true } plain => Any(plain.Words.Select(Of)),
        Query.Plain plain => plain.Whole is { } whole && Joined(whole) is { } joined ? engine.AnyOf([joined, All(plain.Words.Select(Of))!]) : All(plain.Words.Select(Of)),
        Query.Near near => All(near.Words.Select(Of)),
        Query.Author author => engine.Word(PaperWords.Name(author.Name.Family), isPrefix: false),
        Query.Category category => engine.Word(PaperWords.Category(category.Code), category.Code.EndsWith('*')),
        Query.All all => All(all.Of.Where(part => part is not Query.Not).Select(Of)),
        Query.Any any => Any(any.Of.Select(Of)),
        Query.Weighted weighted => Of(weighted.Of),
        _ => null,
    };

    private string? Of(Term term)
    {
        if (term.Stem is { } stem)
            return engine.Word(PaperWords.Stem(stem), isPrefix: false);
        var words = Enumerable.Range(0, term.WordCount)
            .Select(index => (Word: PaperWords.Plain(term.Word(index).ToString()), IsPrefix: term.IsPrefix && index == term.WordCount - 1))
            .Where(word => word.Word.Length > 0).Select(word => engine.Word(word.Word, word.IsPrefix)).ToList();
        if (words.Count == 0)
            return null;
        return Joined(term) is { } joined ? engine.AnyOf([joined, engine.AllOf(words)]) : engine.AllOf(words);
    }

    /// <summary>"pre-training" stands in papers as "pretraining" too.</summary>
    private string? Joined(Term term) => term.WordCount > 1 && PaperWords.Plain(term.Key) is { Length: > 0 and < 60 } key ? engine.Word(key, term.IsPrefix) : null;

    private string? All(IEnumerable<string?> parts) => parts.OfType<string>().ToList() is { Count: > 0 } some ? engine.AllOf(some) : null;

    /// <summary>Where one branch may be anything, all may.</summary>
    private string? Any(IEnumerable<string?> parts) => parts.ToList() is var all && all.Contains(null) ? null : engine.AnyOf([.. all.OfType<string>()]);
}
