using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>
/// The papers of a window, read once against the profiles of many pages of subscribers: where ten thousands are due, reading them anew for each page
/// was a quarter of composing. Nothing depends on it: a page that it does not hold reads the papers for itself. Not thread-safe.
/// </summary>
internal sealed class SharedRun
{
    private readonly HashSet<long> papers;

    /// <param name="profiles">Of all the subscribers, by their number.</param>
    /// <param name="lastId">The last of the subscribers.</param>
    public SharedRun(PaperWindow window, IReadOnlyList<Paper> papers, ProfileIndex profiles, long lastId)
    {
        (Profiles, LastId) = (profiles, lastId);
        this.papers = [.. papers.Select(paper => paper.Id)];
        Run = profiles.Over([.. window.Read(papers)], window.Corpus, window.Findings);
    }

    /// <summary>So many profiles are read for one run at most: what they find stands in memory.</summary>
    public const int MostProfiles = 100_000;

    /// <summary>With more papers than these what is found would be too much for a small machine's memory.</summary>
    public const int MostPapers = 10_000;

    public long LastId { get; }

    public ProfileIndex Profiles { get; }

    public MatchRun Run { get; }

    /// <summary>Whether it knows all of these subscribers as they are now, and all of the papers that may be offered to them.</summary>
    public bool Holds(IEnumerable<Standing> standings, IEnumerable<Paper> offered)
    {
        foreach (var standing in standings)
        {
            if (Profiles.Add(standing.Subscriber.Id, standing.Subscriber.Profile))
                return false;
        }
        return offered.All(paper => papers.Contains(paper.Id));
    }
}
