using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Language;
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
    private readonly List<(int Line, int Query, string? Label)> _asked = [];
    private readonly int _most;

    public MatchRun(QueryTable queries, LineTable lines, bool[] asked, IReadOnlyList<PaperReading> readings, Corpus? corpus, KnownFindings? findings)
    {
        _papers = [.. readings.Select(reading => reading.Paper)];
        _lines = lines;
        (_findings, _areShared) = (findings ?? new KnownFindings(), findings is not null);
        _results = new QueryResults(queries, asked, readings, corpus ?? Corpus.Of(readings));
        _most = _results.Looked + (_results.Looked / 2);
        Sums = new ProfileSums(queries, _results, _papers);
    }

    /// <summary>Whether it can be asked for other profiles without reading its papers again: they are the same, and no line became known since.</summary>
    public bool Has(IReadOnlyList<PaperReading> readings, int queries)
    {
        if (readings.Count != _papers.Length || queries != _results.Queries || _results.Looked > _most)
        {
            // What profiles find that nobody asks for any more would fill the memory.
            return false;
        }

        for (var place = 0; place < _papers.Length; place++)
        {
            if (!ReferenceEquals(readings[place].Paper, _papers[place]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks at the queries that were not asked before.</summary>
    public void Look(bool[] asked) => _results.Look(asked);

    public ReadOnlySpan<Paper> Papers => _papers;

    public ProfileSums Sums { get; }

    /// <summary>Why each of these papers fits a profile.</summary>
    /// <param name="lines">The interests of the profile; of two that ask for the same the first counts.</param>
    public IReadOnlyList<Match> Explain(ProfileLines lines, ReadOnlySpan<PaperScore> papers)
    {
        _asked.Clear();
        for (var line = 0; line < lines.Count; line++)
        {
            var query = _lines.Known(lines[line]);
            if (query >= 0 && !IsAsked(query))
            {
                _asked.Add((line, query, null));
            }
        }

        var matches = new Match[papers.Length];
        for (var place = 0; place < papers.Length; place++)
        {
            matches[place] = Explain(lines, papers[place].Paper);
        }

        return matches;
    }

    private bool IsAsked(int query)
    {
        foreach (var (_, asked, _) in _asked)
        {
            if (asked == query)
            {
                return true;
            }
        }

        return false;
    }

    private Match Explain(ProfileLines lines, int paper)
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

        var (line, query, label) = _asked[best];
        var (finding, isKnown) = Found(query, paper);
        if (hits == 1 && finding.Alone is { } alone && ReferenceEquals(alone.Paper, _papers[paper]) && InterestLine.HasLabel(lines[line], alone.Reason.Interest))
        {
            return alone;
        }

        if (label is null)
        {
            _asked[best] = (line, query, label = InterestLine.Label(lines[line].ToString()));
        }

        var match = Explanation.Of(_papers[paper], label, finding, hits > 1 ? others - bestScore : 0);
        if (hits == 1 && isKnown)
        {
            // Two readers had it: there will be more.
            finding.Alone = match;
        }

        return match;
    }

    private (Finding Finding, bool IsKnown) Found(int query, int paper)
    {
        // A paper has another number in another run; in its own it may have no id.
        var id = _areShared ? _papers[paper].Id : paper;
        if (_findings.Find(query, id) is { } known)
        {
            return (known, true);
        }

        var finding = _results.Explain(query, paper);
        _findings.Add(query, id, finding);
        return (finding, false);
    }
}
