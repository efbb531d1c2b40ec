using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>What every query found in the papers of one run: papers by ascending number, with their scores.</summary>
internal sealed class QueryResults
{
    private readonly QueryTable _queries;
    private readonly IReadOnlyList<PaperReading> _readings;
    private readonly Corpus _corpus;
    private readonly Postings _postings;
    private readonly CandidatePapers _candidates;
    private readonly QueryScoring _scoring;
    private readonly EntryScores _scores;
    private readonly WordsTogether _together;
    private readonly Func<int, Term> _term;
    private readonly HitPlaces _hits = new();
    private readonly FoundRun[] _runs;
    private readonly FoundPapers _all;

    /// <summary>What the query that is looked at found so far.</summary>
    private readonly List<PaperScore> _found = [];

    /// <param name="asked">Which queries are looked for; the others find nothing.</param>
    public QueryResults(QueryTable queries, bool[] asked, IReadOnlyList<PaperReading> readings, Corpus corpus)
    {
        (_queries, _readings, _corpus) = (queries, readings, corpus);
        _postings = new Postings(queries.Terms, readings, corpus);
        _candidates = new CandidatePapers(queries.Terms, _postings, readings.Count);
        _scoring = new QueryScoring(_postings, Breadth.Issue);
        _scores = new EntryScores(_postings, readings, corpus);
        _together = new WordsTogether(_postings, _scores, readings);
        _term = _postings.Term;
        _runs = new FoundRun[queries.Count];
        _all = new FoundPapers(readings.Count);
        Look(asked);
    }

    /// <summary>How many queries there were when the papers were read: of a later one nothing is known.</summary>
    public int Queries => _runs.Length;

    /// <summary>How many of them were looked at.</summary>
    public int Looked { get; private set; }

    /// <summary>Looks at those that are asked for and were not yet. What others found stays.</summary>
    public void Look(bool[] asked)
    {
        for (var term = 0; term < _queries.Terms.Count; term++)
        {
            var (first, end) = _postings.Entries(term);
            if (first == end)
            {
                continue;
            }

            for (var link = _queries.FirstOn(term); link >= 0;)
            {
                var query = _queries.On(link, out link);
                if (asked[query])
                {
                    Evaluate(query);
                }
            }
        }
    }

    /// <summary>The papers that fit the query, with their scores; 0 for a query that excludes.</summary>
    public ReadOnlySpan<PaperScore> Of(int query)
    {
        var run = _runs[query];
        return run.Count > 0 ? _all[run] : default;
    }

    /// <summary>What the query gives a paper; -1 where it does not fit.</summary>
    public double Score(int query, int paper)
    {
        // Papers ascend, and a wide query found hundreds.
        var found = Of(query);
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

        return from < found.Length && found[from].Paper == paper ? found[from].Score : -1;
    }

    /// <summary>Where a query hit a paper that fits it, and for how much.</summary>
    public Finding Explain(int query, int paper)
    {
        _hits.Clear();
        _postings.On(paper);
        _scoring.On(_readings[paper], _corpus).Hits = _hits;
        var fits = _scoring.Fits(QueryCode.Read(_queries.Code(query), _term), out var score);
        _scoring.Hits = null;
        return fits ? Explanation.Of(_readings[paper], score, _hits)
            : throw new InvalidOperationException($"Paper {_readings[paper].Paper.WorkKey} was found by a query that it does not fit.");
    }

    private void Evaluate(int number)
    {
        ref var run = ref _runs[number];
        if (run.Count != 0)
        {
            return;
        }

        Looked++;
        var code = _queries.Code(number);
        var excludes = _queries.Excludes(number);
        _found.Clear();
        if (QueryCode.Kind(code) == QueryKind.Phrase && !excludes)
        {
            OfTerm(code[1], QueryCode.FieldsOf(code));
        }
        else if (QueryCode.Kind(code) == QueryKind.Plain && QueryCode.FieldsOf(code) == Fields.Both
            && QueryCode.PlainWords(code).Length < Query.Plain.Description && !excludes)
        {
            _together.Find(QueryCode.PlainWords(code), code[1], _found);
        }
        else
        {
            TryAll(QueryCode.Read(code, _term), excludes);
        }

        // -1: looked at, and nothing found.
        run = _found.Count == 0 ? new FoundRun(0, 0, -1) : _all.Add(CollectionsMarshal.AsSpan(_found));
    }

    /// <summary>A word or phrase: its papers are its list.</summary>
    private void OfTerm(int term, Fields fields)
    {
        var decoded = _term(term);
        var (entry, end) = _postings.Entries(term);
        for (; entry < end; entry++)
        {
            var places = QueryScoring.In(fields, _postings.Places(entry));
            if (!places.IsEmpty)
            {
                var score = fields == Fields.Both ? _scores.Of(term, entry) : _scoring.On(_readings[_postings.Paper(entry)], _corpus).Of(decoded, places);
                _found.Add(new PaperScore(_postings.Paper(entry), QueryScoring.WithPhrase(decoded, score).Total));
            }
        }
    }

    private void TryAll(Query query, bool excludes) => CandidatePapers.ForEach(_candidates.Of(query), paper => Try(query, paper, excludes));

    private void Try(Query query, int paper, bool excludes)
    {
        _postings.On(paper);
        _scoring.On(_readings[paper], _corpus);
        var score = default(Score);
        if (excludes ? _scoring.Excludes(query) : _scoring.Fits(query, out score))
        {
            _found.Add(new PaperScore(paper, score.Total));
        }
    }
}
