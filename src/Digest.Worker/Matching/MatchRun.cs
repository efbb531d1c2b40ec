using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>The papers of one run, read once, and what every query found in them.</summary>
internal sealed class MatchRun
{
    private readonly Paper[] _papers;
    private readonly LineTable _lines;
    private readonly QueryResults _results;
    private readonly KnownFindings _findings;
    private readonly bool _areShared;
    private readonly List<(string Line, int Query)> _asked = [];

    public MatchRun(QueryTable queries, LineTable lines, bool[] asked, IReadOnlyList<PaperReading> readings, Corpus? corpus, KnownFindings? findings)
    {
        _papers = [.. readings.Select(reading => reading.Paper)];
        _lines = lines;
        (_findings, _areShared) = (findings ?? new KnownFindings(), findings is not null);
        _results = new QueryResults(queries, asked, readings, corpus ?? Corpus.Of(readings));
        Sums = new ProfileSums(queries, _results, _papers);
    }

    public ReadOnlySpan<Paper> Papers => _papers;

    public ProfileSums Sums { get; }

    /// <summary>Why each of these papers fits a profile.</summary>
    /// <param name="lines">The interests of the profile, as written; of two that ask for the same the first counts.</param>
    public IReadOnlyList<Match> Explain(IEnumerable<string> lines, ReadOnlySpan<PaperScore> papers)
    {
        _asked.Clear();
        foreach (var line in lines)
        {
            var query = _lines.Known(line);
            if (query >= 0 && !IsAsked(query))
            {
                _asked.Add((line, query));
            }
        }

        var matches = new Match[papers.Length];
        for (var place = 0; place < papers.Length; place++)
        {
            matches[place] = Explain(papers[place].Paper);
        }

        return matches;
    }

    private bool IsAsked(int query)
    {
        foreach (var (_, asked) in _asked)
        {
            if (asked == query)
            {
                return true;
            }
        }

        return false;
    }

    private Match Explain(int paper)
    {
        var (best, bestScore, others, hits) = (-1, 0.0, 0.0, 0);
        for (var place = 0; place < _asked.Count; place++)
        {
            var score = _results.Score(_asked[place].Query, paper);
            if (score < 0)
            {
                continue;
            }

            hits++;
            others += score;
            (best, bestScore) = best < 0 || score > bestScore ? (place, score) : (best, bestScore);
        }

        var (line, query) = _asked[best];
        return Explanation.Of(_papers[paper], Language.InterestLine.Label(line), Found(query, paper), hits > 1 ? others - bestScore : 0);
    }

    private Finding Found(int query, int paper)
    {
        // A paper has another number in another run; in its own it may have no id.
        var id = _areShared ? _papers[paper].Id : paper;
        if (_findings.Find(query, id) is not { } finding)
        {
            _findings.Add(query, id, finding = _results.Explain(query, paper));
        }

        return finding;
    }
}
