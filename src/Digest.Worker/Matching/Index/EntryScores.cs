using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>What a term scores a paper by itself, worked out once however many queries hold the term.</summary>
internal sealed class EntryScores(Postings postings, IReadOnlyList<PaperReading> readings, Corpus corpus)
{
    private readonly Bm25 _bm25 = new(postings);
    // A term by itself has points for title and abstract and nothing else; not a number: not worked out yet.
    private readonly (double Title, double Abstract)[] _scores = Unknown(postings.EntryCount);

    /// <param name="term">The term that the entry belongs to.</param>
    public Score Of(int term, int entry)
    {
        ref var known = ref _scores[entry];
        if (double.IsNaN(known.Title))
        {
            var score = InPlaceOf(term, entry);
            known = (score.Title, score.Abstract);
        }

        return new Score { Title = known.Title, Abstract = known.Abstract };
    }

    /// <summary>What a word scores where another term's entry stands for it.</summary>
    public Score InPlaceOf(int word, int entry)
    {
        _bm25.On(readings[postings.Paper(entry)], corpus);
        return _bm25.Of(postings.Term(word), postings.Places(entry));
    }

    private static (double Title, double Abstract)[] Unknown(int entries)
    {
        var scores = GC.AllocateUninitializedArray<(double Title, double Abstract)>(entries);
        Array.Fill(scores, (double.NaN, double.NaN));
        return scores;
    }
}
