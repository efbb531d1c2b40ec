using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>The papers of one run, read once, and what every query found in them.</summary>
internal sealed class MatchRun
{
    private readonly LineTable _lines;
    private readonly QueryResults _results;
    private readonly IReadOnlyList<PaperReading> _readings;
    private readonly Corpus _corpus;

    public MatchRun(QueryTable queries, LineTable lines, IReadOnlyList<PaperReading> readings, Corpus? corpus)
    {
        IReadOnlyList<Paper> papers = [.. readings.Select(reading => reading.Paper)];
        _lines = lines;
        Papers = papers;
        _readings = readings;
        _corpus = corpus ?? Corpus.Of(_readings);
        _results = new QueryResults(queries, _readings, _corpus);
        Sums = new ProfileSums(queries, _results, papers);
    }

    public IReadOnlyList<Paper> Papers { get; }

    public ProfileSums Sums { get; }

    /// <summary>Reads the papers again for the lines that found them: the others have nothing to do with the score, and reading a paper for each is dear.</summary>
    public IReadOnlyList<Match> Explain(Profile profile, ReadOnlySpan<PaperScore> papers)
    {
        var queries = profile.Interests.Select(interest => (Interest: interest, Query: interest.Excludes ? -1 : _lines.Known(interest))).Where(one => one.Query >= 0).ToList();
        var matches = new List<Match>(papers.Length);
        foreach (var (paper, _) in papers)
        {
            var finding = queries.Where(one => HasFound(one.Query, paper)).Select(one => one.Interest).ToList();
            matches.Add(Explanation.Of(finding, _readings[paper], _corpus, Breadth.Issue)
                ?? throw new InvalidOperationException($"Paper {Papers[paper].WorkKey} fits by the index and not by reading it."));
        }

        return matches;
    }

    /// <summary>What a query found is in the order of the papers, and a wide one found hundreds.</summary>
    private bool HasFound(int query, int paper)
    {
        var found = _results.Of(query);
        var (from, to) = (0, found.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (found[middle].Paper < paper)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from < found.Length && found[from].Paper == paper;
    }
}
