using Digest.Worker.Matching;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>
/// The papers of a window, read once against the profiles of many pages of subscribers: where ten thousands are due, they would be
/// read anew for each page. Nothing depends on it: for those whom it does not hold the papers are read again. Not thread-safe.
/// </summary>
internal sealed class SharedRun
{
    private readonly HashSet<long> papers;
    private readonly long after;
    private readonly DateTimeOffset since;

    /// <param name="after">All papers above this number are among <paramref name="papers"/>.</param>
    /// <param name="since">So are all that came again after this moment.</param>
    /// <param name="profiles">Of all the subscribers, by their number.</param>
    /// <param name="last">The place of the last of the subscribers.</param>
    public SharedRun(PaperWindow window, IReadOnlyList<Paper> papers, long after, DateTimeOffset since, ProfileIndex profiles, DuePlace last)
    {
        (this.after, this.since, Profiles, Last) = (after, since, profiles, last);
        this.papers = [.. papers.Select(paper => paper.Id)];
        Run = window.Over(profiles, papers);
    }

    /// <summary>So many profiles are read for one run, whatever their papers and order.</summary>
    public const int FewProfiles = 25_000;

    private const int MostProfiles = 100_000;

    /// <summary>With more papers than these what is found would be too much for a small machine's memory.</summary>
    public const int MostPapers = 10_000;

    /// <summary>
    /// How many profiles are read for one run over so many papers: what they find stands in memory, and is no more than what few profiles would find in most
    /// papers. The papers are read, and lines that many share are asked, once for all of them.
    /// </summary>
    public static int ProfilesOver(int papers) => Math.Clamp((int)((long)FewProfiles * MostPapers / Math.Max(1, papers)), FewProfiles, MostProfiles);

    public DuePlace Last { get; }

    public ProfileIndex Profiles { get; }

    public MatchRun Run { get; }

    /// <summary>Whether it knows a subscriber as they are now, and all of the papers that may be offered to them.</summary>
    public bool Holds(Standing standing) =>
        standing.Watermark >= after && standing.Before >= since && Holds(standing.Waiting.Numbers)
        && !Profiles.Add(standing.Subscriber.Id, standing.Subscriber.Profile);

    private bool Holds(ReadOnlySpan<long> waiting)
    {
        foreach (var paper in waiting)
            if (!papers.Contains(paper))
                return false;
        return true;
    }
}
