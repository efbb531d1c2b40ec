using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>
/// All profiles as one index: papers are read once, each distinct interest is asked once, and a profile adds up what its interests found.
/// A line that many profiles hold is kept once. Not thread-safe.
/// </summary>
internal sealed class ProfileIndex
{
    private readonly QueryTable _queries = new();
    private readonly LineTable _lines;
    private readonly Dictionary<long, int[]> _profiles = [];
    private readonly List<int> _collected = [];
    private long[]? _keys = [];

    public ProfileIndex() => _lines = new LineTable(_queries);

    public int Count => _profiles.Count;

    /// <summary>How many distinct interests all profiles have.</summary>
    public int Interests => _queries.Count;

    /// <summary>Adds a profile, or replaces the one with that key.</summary>
    public void Add(long key, Profile profile)
    {
        _collected.Clear();
        foreach (var interest in profile.Interests)
        {
            _collected.Add(_lines.Number(interest));
        }

        Store(key);
    }

    /// <summary>The same from a profile's text: lines that are known from other profiles are not parsed again.</summary>
    public void Add(long key, ReadOnlySpan<char> text)
    {
        _collected.Clear();
        var reader = new ProfileReader(text);
        while (reader.Next(null))
        {
            var line = _lines.Number(reader.Line);
            if (line >= 0)
            {
                _collected.Add(line);
            }
        }

        Store(key);
    }

    /// <returns>False where there was none.</returns>
    public bool Remove(long key)
    {
        var removed = _profiles.Remove(key);
        _keys = removed ? null : _keys;
        return removed;
    }

    /// <summary>Matches every profile against the papers. Empty profiles are left out: see <see cref="Trending"/>.</summary>
    /// <param name="best">How many papers the profile with this key wants to see.</param>
    /// <param name="offered">
    /// Whether a paper may be offered to the profile with this key (newer than its watermark, never sent); asked only for papers that fit. Null: all.
    /// </param>
    /// <param name="corpus">Recent papers, for what is common and what is rare; the papers themselves where it is left out.</param>
    /// <returns>One for each profile that found something, by ascending key; the same inputs give the same answer.</returns>
    public IEnumerable<Found> Run(IReadOnlyList<Paper> papers, Func<long, int> best, Func<long, Paper, bool>? offered, Corpus? corpus = null)
    {
        var readings = papers.Select(paper => new PaperReading(paper)).ToList();
        var recent = corpus ?? Corpus.Of(readings);
        var results = new QueryResults(_queries, readings, recent);
        var sums = new BestPapers(papers);
        foreach (var key in Keys())
        {
            var lines = _profiles[key];
            if (!Collect(lines, results, sums))
            {
                continue;
            }

            var matched = sums.Finish(best(key), offered is null ? null : paper => offered(key, paper));
            if (matched > 0)
            {
                var kept = sums.Kept;
                yield return new Found(key, new PapersByNumber(papers, kept), matched, place =>
                    Explanation.Of(Profile.Of(_lines.Texts(Finding(lines, kept[place], results))), readings[kept[place]], recent, Breadth.Issue)
                    ?? throw new InvalidOperationException($"Paper {papers[kept[place]].WorkKey} fits by the index and not by reading it."));
            }
        }
    }

    private bool Collect(int[] lines, QueryResults results, BestPapers sums)
    {
        var any = false;
        foreach (var line in lines)
        {
            var query = _lines.Query(line);
            var found = results.Papers(query);
            if (found.IsEmpty)
            {
                continue;
            }

            any = true;
            if (_queries.Excludes(query))
            {
                sums.Exclude(found);
            }
            else
            {
                sums.Add(found, results.Scores(query));
            }
        }

        return any;
    }

    /// <summary>The lines that found the paper: the others have nothing to do with its score, and reading a paper for each of them is dear.</summary>
    private IEnumerable<int> Finding(int[] lines, int paper, QueryResults results) => lines.Where(line =>
        !_queries.Excludes(_lines.Query(line)) && results.Papers(_lines.Query(line)).BinarySearch(paper) >= 0);

    /// <summary>Two lines that ask for the same count once: the first.</summary>
    private void Store(long key)
    {
        for (var i = _collected.Count - 1; i > 0; i--)
        {
            for (var j = 0; j < i; j++)
            {
                if (_lines.Query(_collected[j]) == _lines.Query(_collected[i]))
                {
                    _collected.RemoveAt(i);
                    break;
                }
            }
        }

        var isNew = _profiles.TryAdd(key, [.. _collected]);
        if (!isNew)
        {
            _profiles[key] = [.. _collected];
        }

        _keys = isNew ? null : _keys;
    }

    private long[] Keys()
    {
        if (_keys is null)
        {
            _keys = [.. _profiles.Keys];
            Array.Sort(_keys);
        }

        return _keys;
    }
}
