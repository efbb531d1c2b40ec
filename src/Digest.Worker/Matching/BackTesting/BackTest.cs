using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.BackTesting;

/// <summary>A profile over past days, one after the other: what it would have brought, line by line. Holds one day and the best papers in memory.</summary>
internal sealed class BackTest
{
    /// <summary>So many of the best papers say what words go with the profile.</summary>
    private const int LookedAt = 60;

    private const int Whole = -1;

    private readonly Profile _profile;
    private readonly ProfileIndex _index = new();
    private readonly Corpus _corpus = new();
    private readonly Companions _companions = new();
    private readonly List<BackTestDay> _days = [];
    private readonly List<(Interest Interest, int Key, List<(string Word, int Key)> Words)> _lines = [];
    private readonly Dictionary<long, int> _counts = [];
    private List<Match> _best = [];

    public BackTest(Profile profile)
    {
        _profile = profile;
        _index.Add(Whole, profile);
        var next = 0;
        foreach (var interest in profile.Interests)
        {
            var key = next++;
            _index.Add(key, Profile.Of(interest));
            var words = new List<(string, int)>();
            foreach (var (text, query) in LineWords.Of(interest.Query))
            {
                words.Add((text, next));
                _index.Add(next++, Profile.Of(new Interest(interest.Line, $"{interest.Line}/{text}", null, query, Excludes: false)));
            }

            _lines.Add((interest, key, words));
        }
    }

    /// <summary>How many papers were read.</summary>
    public int PapersRead => _corpus.Papers;

    /// <summary>Adds a day's papers, or a part of them.</summary>
    /// <param name="standsFor">For how many papers each of them counts: where only a share of the day is read, more than 1.</param>
    public void Add(DateOnly day, IReadOnlyList<Paper> papers, int standsFor = 1)
    {
        IReadOnlyList<PaperReading> readings = [.. papers.Select(paper => new PaperReading(paper))];
        _corpus.Add(readings);
        _companions.Count(readings);
        var matched = 0;
        foreach (var found in _index.Run(readings, key => key == Whole ? LookedAt : 0, null, _corpus))
        {
            if (found.Key != Whole)
            {
                _counts[found.Key] = _counts.GetValueOrDefault(found.Key) + (found.Matched * standsFor);
                continue;
            }

            matched = found.Matched;
            _best.AddRange(found.Explain(_profile, LookedAt));
            _best.Sort(BestFirst.Order);
            _best = [.. _best.Take(LookedAt)];
        }

        Note(new BackTestDay(day, papers.Count * standsFor, matched * standsFor));
    }

    /// <param name="best">How many of the best papers to name.</param>
    public BackTestReport Report(int best) => new(
        _days,
        [.. _best.Take(best)],
        [.. _lines.Select(line => new BackTestLine(line.Interest, Count(line.Key), [.. line.Words.Select(word => (word.Word, Count(word.Key)))]))],
        _companions.Of([.. _best.Select(match => new PaperReading(match.Paper))], _profile.Interests.SelectMany(interest => LineWords.Folded(interest.Query)).ToHashSet(StringComparer.Ordinal)));

    private int Count(long key) => _counts.GetValueOrDefault(key);

    private void Note(BackTestDay day)
    {
        if (_days is [.., var last] && last.Day == day.Day)
        {
            _days[^1] = new BackTestDay(day.Day, last.Papers + day.Papers, last.Matched + day.Matched);
        }
        else
        {
            _days.Add(day);
        }
    }
}
