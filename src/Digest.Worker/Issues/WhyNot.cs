using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>Why a paper that a reader names was in none of their issues.</summary>
internal sealed class WhyNot(PaperStore papers, IssueStore issues, TimeProvider time)
{
    /// <summary>Papers before and after the one asked about that say how rare its words are.</summary>
    private const int Around = 400;

    /// <param name="named">An arXiv id, a DOI, a link to either, or the title.</param>
    public async Task<WhyNotAnswer> AskAsync(Subscriber reader, string named, CancellationToken cancellationToken)
    {
        if (await papers.FindNamedAsync(named, cancellationToken) is not { } paper)
            return new WhyNotAnswer(WhyNotKind.Unknown, named);
        if (await issues.SentOnAsync(reader.Id, paper.Id, cancellationToken) is { } day)
            return new WhyNotAnswer(WhyNotKind.Sent, paper.Title) { Day = day };
        var profile = Profile.Parse(reader.Profile);
        if (profile.IsEmpty)
            return new WhyNotAnswer(WhyNotKind.Trending, paper.Title);
        var reading = new PaperReading(paper);
        var neighbours = await papers.FindAsync([.. Enumerable.Range(-Around, 2 * Around).Select(step => paper.Id + step)], cancellationToken);
        var corpus = Corpus.Of([.. neighbours.Select(other => other.Id == paper.Id ? reading : new PaperReading(other))]);
        var fits = Explanation.Of(profile.Interests, reading, corpus, Breadth.Issue);
        if (fits is null)
            return NotFitting(paper, NearMiss.Of(profile, reading, corpus));
        var coming = paper.Id > (reader.Watermark ?? long.MaxValue) || Waiting.Read(reader.Waiting, time.GetUtcNow()).Contains(paper.Id);
        return new WhyNotAnswer(coming ? WhyNotKind.Coming : WhyNotKind.Passed, paper.Title) { Interest = fits.Reason.Interest };
    }

    /// <summary>Words are compared by their stems; the reader is shown their own.</summary>
    private static string AsWritten(string stem, string interest) =>
        Array.Find(interest.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => word.StartsWith(stem, StringComparison.OrdinalIgnoreCase)) ?? stem;

    /// <summary>An exclusion that bites says it all; else the interest that lacks the fewest words is the nearest.</summary>
    private static WhyNotAnswer NotFitting(Paper paper, List<NearMiss> misses)
    {
        var nearest = misses.Find(miss => miss.Missing.Count == 0 && miss.IsExclusion) ?? misses.OrderBy(miss => miss.Missing.Count == 0 ? int.MaxValue : miss.Missing.Count).FirstOrDefault();
        return nearest switch
        {
            null => new WhyNotAnswer(WhyNotKind.Lacking, paper.Title),
            { IsExclusion: true } => new WhyNotAnswer(WhyNotKind.KeptOut, paper.Title) { Interest = nearest.Interest },
            _ => new WhyNotAnswer(WhyNotKind.Lacking, paper.Title) { Interest = nearest.Interest, Missing = [.. nearest.Missing.Select(stem => AsWritten(stem, nearest.Interest))] },
        };
    }
}

/// <param name="Title">The paper's; what the reader wrote where we do not know it.</param>
internal sealed record WhyNotAnswer(WhyNotKind Kind, string Title)
{
    /// <summary>The line of the profile that decided or came nearest; empty where there is none.</summary>
    public string Interest { get; init; } = "";

    /// <summary>The words of that line which the paper does not have.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The day of the issue that brought it.</summary>
    public DateOnly? Day { get; init; }
}

internal enum WhyNotKind
{
    /// <summary>None of our sources brought it.</summary>
    Unknown,

    /// <summary>It was in an issue after all.</summary>
    Sent,

    /// <summary>It fits and waits for the next issue.</summary>
    Coming,

    /// <summary>It fits what the reader wants today; when its day came others were better, or the reader wanted something else.</summary>
    Passed,

    /// <summary>A line of the profile keeps it out.</summary>
    KeptOut,

    /// <summary>No interest fits.</summary>
    Lacking,

    /// <summary>The reader has no interests and gets what many look at.</summary>
    Trending,
}
