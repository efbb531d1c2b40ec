using System.Numerics;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>What every query found in the papers of one run: papers by ascending number, with their scores.</summary>
internal sealed class QueryResults
{
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly List<int> _papers = [];
    private readonly List<double> _scores = [];

    public QueryResults(QueryTable queries, List<PaperReading> papers, Corpus corpus)
    {
        _starts = new int[queries.Count];
        _counts = new int[queries.Count];
        var scan = new PaperScan(queries.Terms);
        for (var paper = 0; paper < papers.Count; paper++)
        {
            scan.Read(papers[paper], paper);
        }

        var postings = new Postings(queries.Terms, scan.Found, papers.Count, corpus);
        var candidates = new CandidatePapers(queries.Terms, postings);
        var scoring = new QueryScoring(postings, Breadth.Issue);
        var looked = new bool[queries.Count];
        for (var term = 0; term < queries.Terms.Count; term++)
        {
            if (!postings.Bits(term).IsEmpty)
            {
                queries.ForEachOn(term, query =>
                {
                    if (!looked[query])
                    {
                        looked[query] = true;
                        Evaluate(queries, query, papers, corpus, postings, candidates, scoring);
                    }
                });
            }
        }
    }

    /// <summary>The papers that fit the query.</summary>
    public ReadOnlySpan<int> Papers(int query) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_papers).Slice(_starts[query], _counts[query]);

    /// <summary>Their scores, in the same order; 0 for a query that excludes.</summary>
    public ReadOnlySpan<double> Scores(int query) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_scores).Slice(_starts[query], _counts[query]);

    private void Evaluate(
        QueryTable queries, int number, List<PaperReading> papers, Corpus corpus, Postings postings, CandidatePapers candidates, QueryScoring scoring)
    {
        var query = queries[number];
        var excludes = queries.Excludes(number);
        _starts[number] = _papers.Count;
        var bits = candidates.Of(query);
        for (var i = 0; i < bits.Length; i++)
        {
            for (var rest = bits[i]; rest != 0; rest &= rest - 1)
            {
                var paper = (i * 64) + BitOperations.TrailingZeroCount(rest);
                postings.On(paper);
                scoring.On(papers[paper], corpus);
                var score = default(Score);
                if (excludes ? scoring.Excludes(query) : scoring.Fits(query, out score))
                {
                    _papers.Add(paper);
                    _scores.Add(score.Total);
                }
            }
        }

        _counts[number] = _papers.Count - _starts[number];
    }
}
