using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>
/// The papers of a line of two or three words in any field: those that have the words close together, or the phrase in another spelling.
/// The same as <see cref="QueryScoring"/> says of such a line, but along the lists: it is what most people write.
/// </summary>
internal sealed class WordsTogether(Postings postings, EntryScores scores, IReadOnlyList<PaperReading> readings)
{
    private readonly Closeness _closeness = new(postings);
    private readonly int[] _at = new int[Query.Plain.Description];
    private readonly int[] _ends = new int[Query.Plain.Description];
    private readonly int[]?[] _straight = new int[]?[Query.Plain.Description];
    private readonly PlaceRun[] _runs = new PlaceRun[Query.Plain.Description];

    /// <param name="words">The terms of the words.</param>
    /// <param name="whole">The term of the phrase; -1 where there is none.</param>
    public void Find(ReadOnlySpan<int> words, int whole, List<PaperScore> found)
    {
        var rarest = 0;
        for (var i = 0; i < words.Length; i++)
        {
            (_at[i], _ends[i]) = postings.Entries(words[i]);
            _straight[i] = postings.Straight(words[i]);
            rarest = _ends[i] - _at[i] < _ends[rarest] - _at[rarest] ? i : rarest;
        }

        var (phrase, phraseEnd) = whole < 0 ? (0, 0) : postings.Entries(whole);
        while (true)
        {
            var together = NextTogether(words.Length, rarest);
            var spelled = phrase < phraseEnd ? postings.Paper(phrase) : int.MaxValue;
            if (spelled <= together && spelled != int.MaxValue)
            {
                found.Add(new PaperScore(spelled, AsPhrase(words, whole, phrase++, spelled)));
                _at[rarest] += together == spelled ? 1 : 0;
            }
            else if (together != int.MaxValue)
            {
                if (AreNear(words.Length, together))
                {
                    found.Add(new PaperScore(together, AsNear(words, whole)));
                }

                _at[rarest]++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The next paper on all lists; the greatest number at the end.</summary>
    private int NextTogether(int words, int rarest)
    {
        for (; _at[rarest] < _ends[rarest]; _at[rarest]++)
        {
            var paper = postings.Paper(_at[rarest]);
            var all = true;
            for (var i = 0; i < words && all; i++)
            {
                if (i == rarest)
                {
                    continue;
                }

                if (_straight[i] is { } straight)
                {
                    _at[i] = straight[paper];
                    all = _at[i] >= 0;
                }
                else
                {
                    _at[i] = postings.Seek(paper, _at[i], _ends[i]);
                    all = _at[i] < _ends[i] && postings.Paper(_at[i]) == paper;
                }
            }

            if (all)
            {
                return paper;
            }
        }

        return int.MaxValue;
    }

    private bool AreNear(int words, int paper)
    {
        for (var i = 0; i < words; i++)
        {
            _runs[i] = postings.Run(_at[i]);
        }

        return _closeness.Find(_runs.AsSpan(0, words), Closeness.Distance(words), readings[paper], null);
    }

    private double AsNear(ReadOnlySpan<int> words, int whole)
    {
        var score = default(Score);
        for (var i = 0; i < words.Length; i++)
        {
            score.Add(scores.Of(words[i], _at[i]));
        }

        if (whole >= 0)
        {
            score.Multiply(Weights.Apart);
        }
        else
        {
            score.Phrase = Weights.Near * score.Total;
        }

        return score.Total;
    }

    /// <summary>A word that the phrase holds in another spelling stands where the phrase stands.</summary>
    private double AsPhrase(ReadOnlySpan<int> words, int whole, int phrase, int paper)
    {
        var score = default(Score);
        foreach (var word in words)
        {
            var (first, end) = postings.Entries(word);
            var entry = postings.Seek(paper, first, end);
            score.Add(entry < end && postings.Paper(entry) == paper ? scores.Of(word, entry) : scores.InPlaceOf(word, phrase));
        }

        score.Phrase = Weights.Phrase * scores.Of(whole, phrase).Total;
        return score.Total;
    }
}
