using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>What a term scores a paper by itself, worked out once however many queries hold the term.</summary>
internal sealed class EntryScores(Postings postings, IReadOnlyList<PaperReading> readings, Corpus corpus)
{
    private readonly Bm25 _bm25 = new(postings);
    private readonly Score[] _scores = new Score[postings.EntryCount];
    private readonly bool[] _known = new bool[postings.EntryCount];

    /// <param name="term">The term that the entry belongs to.</param>
    public ref readonly Score Of(int term, int entry)
    {
        if (!_known[entry])
        {
            _known[entry] = true;
            _bm25.On(readings[postings.Paper(entry)], corpus);
            _scores[entry] = _bm25.Of(postings.Term(term), postings.Places(entry));
        }

        return ref _scores[entry];
    }

    /// <summary>What a word scores where another term's entry stands for it.</summary>
    public Score InPlaceOf(int word, int entry)
    {
        _bm25.On(readings[postings.Paper(entry)], corpus);
        return _bm25.Of(postings.Term(word), postings.Places(entry));
    }
}
