using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>All profiles, made ready so that each paper is read once. Not thread-safe while profiles change.</summary>
internal sealed class ProfileIndex
{
    private readonly SortedDictionary<long, Profile> _profiles = [];

    public int Count => _profiles.Count;

    /// <summary>Adds a profile, or replaces the one with that key.</summary>
    public void Add(long key, Profile profile) => _profiles[key] = profile;

    /// <returns>False where there was none.</returns>
    public bool Remove(long key) => _profiles.Remove(key);

    /// <summary>Matches every profile against the papers. Empty profiles are left out: see <see cref="Trending"/>.</summary>
    /// <param name="best">How many papers the profile with this key wants to see.</param>
    /// <param name="offered">Whether a paper may be offered to the profile with this key (newer than its watermark, never sent); asked only for papers that fit.</param>
    /// <param name="corpus">Recent papers, for what is common and what is rare; the papers themselves where it is left out.</param>
    /// <returns>One for each profile that found something, by ascending key; the same inputs give the same answer.</returns>
    public IEnumerable<Found> Run(IReadOnlyList<Paper> papers, Func<long, int> best, Func<long, Paper, bool> offered, Corpus? corpus = null, Breadth breadth = Breadth.Issue)
    {
        var readings = papers.Select(paper => new PaperReading(paper)).ToList();
        corpus ??= Corpus.Of(readings);
        foreach (var (key, profile) in _profiles)
        {
            var matches = new List<Match>();
            foreach (var reading in readings)
            {
                if (Explanation.Of(profile, reading, corpus, breadth) is { } match && offered(key, reading.Paper))
                {
                    matches.Add(match);
                }
            }

            if (matches.Count > 0)
            {
                matches.Sort(BestFirst.Order);
                yield return new Found(key, [.. matches.Take(best(key))], matches.Count);
            }
        }
    }
}
