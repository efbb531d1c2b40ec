using Digest.Worker.Matching;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Learning;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Learning;

namespace Digest.Worker.Issues;

/// <summary>
/// A group of subscribers with all that their issues are composed from: the papers are matched against all of them at once, each issue is composed when
/// it is asked for, so that not all of them stand in memory. Reads and writes nothing. Not thread-safe.
/// </summary>
internal sealed class ComposingPage
{
    private readonly PaperWindow window;
    private readonly Dictionary<long, Standing> standings;
    private readonly IReadOnlyList<Paper> fresh;
    // Null where no paper came again, which is so on most days: each paper that fits somebody and is not new to them is asked for.
    private readonly IReadOnlyDictionary<long, DateTimeOffset>? again;
    private readonly BatchAccount account;
    private readonly DateTimeOffset now;
    private readonly IssueRoom room;
    private readonly IssuesOptions options;
    private readonly ProfileIndex index;
    private readonly MatchRun run;
    private readonly Trending trending;
    private readonly HashSet<long> inWeek = [];
    private readonly Dictionary<(string Categories, int From), int> inCategories = [];

    public ComposingPage(PaperWindow window, IReadOnlyCollection<Standing> standings, IReadOnlyList<Paper> fresh, IReadOnlyList<Paper> offered, IReadOnlyDictionary<long, DateTimeOffset> again,
        BatchAccount account, DateTimeOffset now, IssueRoom room, IssuesOptions options, SharedRun? shared)
    {
        (this.window, this.fresh, this.again, this.account, this.now, this.room, this.options) = (window, fresh, again.Count > 0 ? again : null, account, now, room, options);
        this.standings = standings.ToDictionary(standing => standing.Subscriber.Id);
        trending = new Trending(offered);
        // The week's papers are asked as well where somebody's border depends on them.
        var isPromised = standings.Any(standing => standing.Promise is not null);
        if (isPromised)
            inWeek = [.. window.Week.Select(reading => reading.Paper.Id)];
        if (shared is not null)
        {
            (index, run) = (shared.Profiles, shared.Run);
            return;
        }
        index = new ProfileIndex(window.Lines);
        foreach (var standing in standings)
            index.Add(standing.Subscriber.Id, standing.Subscriber.Profile);
        run = index.Over([.. window.Read(offered.Where(paper => !inWeek.Contains(paper.Id))), .. isPromised ? window.Week : []], window.Corpus, window.Findings);
    }

    /// <summary>
    /// Who may be offered a paper that they were sent: above their watermark only those who come back, below it papers that came again. Each paper that fits
    /// them is named, because what is left out makes room for the next.
    /// </summary>
    public IEnumerable<(long Subscriber, long Paper)> MayRepeat() =>
        standings.Values.Where(standing => standing.Subscriber.ComposedAt is not null && (again is not null || standing.Subscriber.Watermark is null))
            .SelectMany(standing => MayRepeat(standing).Select(paper => (standing.Subscriber.Id, paper)));

    /// <summary>Takes out a paper for those who were sent it.</summary>
    public void Except(long paper, IEnumerable<long> subscribers)
    {
        foreach (var subscriber in subscribers)
            standings[subscriber].Except(paper);
    }

    /// <summary>The issue of one of the subscribers, to be asked for once: what is known of them is let go.</summary>
    public Composition Compose(Subscriber subscriber)
    {
        standings.Remove(subscriber.Id, out var known);
        var standing = known!;
        var picked = Pick(standing);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, subscriber.Zone).DateTime);
        var (gaps, from) = (account.Gaps(standing.Before), FirstAfter(standing.Watermark));
        // The mail shows them under the reader's interests: the group of the best paper first, and numbers that count on down the page.
        var choices = ByInterest(picked.Best);
        var (isTrending, inNamed) = (IsEmpty(standing), InCategories(standing, from));
        var reader = new IssueReader(subscriber.Email, subscriber.Name, subscriber.Language, subscriber.Interests, subscriber.Cadence.ToString(), subscriber.Hour, subscriber.Timezone);
        Issue Showing(IReadOnlyList<Match> some, int heldOver) => new()
        {
            SubscriberId = subscriber.Id,
            DueAt = standing.Slot,
            ComposedAt = now,
            LocalDate = today,
            Reader = reader,
            Trending = isTrending,
            Choices = some,
            Receipt = new Receipt(fresh.Count - from, inNamed, picked.Matched, some.Count, heldOver, gaps)
            {
                WholeSince = gaps.Count == 0 && account.WholeSince < today ? account.WholeSince : null,
            },
        };
        // A mail has no room for the longest of issues: what it would not show waits with what is beyond the cap.
        var shown = choices.Count > IssueRoom.AlwaysFit ? room.Fitting(Showing(choices, 0)) : choices;
        IReadOnlyList<long> waiting = isTrending || options.HoldOverDays == 0
            ? []
            : shown.Count == choices.Count && picked.Others.Count <= options.HoldOverPapers ? picked.Others
            : [.. Left(choices, shown).Concat(picked.Others).Take(options.HoldOverPapers)];
        return new Composition(subscriber, Showing(shown, waiting.Count), waiting, standing.Waiting, Math.Max(window.Highest, standing.Watermark));
    }

    /// <summary>Brings the papers of each interest together behind its first; for so few as are in an issue this is cheaper than a table of groups.</summary>
    private static List<Match> ByInterest(IReadOnlyList<Match> best)
    {
        var grouped = new List<Match>(best.Count);
        foreach (var match in best)
        {
            var place = grouped.Count;
            while (place > 0 && grouped[place - 1].Reason.Interest != match.Reason.Interest)
                place--;
            grouped.Insert(place == 0 ? grouped.Count : place, match);
        }
        return grouped;
    }

    /// <summary>What an issue has no room for; the rest of a category belongs to its day and does not wait.</summary>
    private static IEnumerable<long> Left(List<Match> choices, IReadOnlyList<Match> shown)
    {
        if (shown.Count == choices.Count)
            return [];
        var kept = shown.Select(match => match.Paper.Id).ToHashSet();
        return choices.Where(match => !kept.Contains(match.Paper.Id) && !RestOfCategories.Holds(match)).Select(match => match.Paper.Id);
    }

    /// <summary>Nothing to look for: the reader gets what is trending.</summary>
    private bool IsEmpty(Standing standing) => standing.Lines.Rest.Count == 0 && !index.LooksForAny(standing.Subscriber.Id);

    private Picked Pick(Standing standing)
    {
        var picked = IsEmpty(standing) ? OfTrending(standing) : OfInterests(standing);
        return standing.Lines.Rest.Count == 0 ? picked
            : RestOfCategories.AddTo(picked, standing.Profile, trending, paper => paper.Id > standing.Watermark && standing.IsOffered(paper, again));
    }

    /// <summary>Yesterday's trend is no news: only what an interest asked for waits.</summary>
    private Picked OfTrending(Standing standing)
    {
        var own = trending.For(standing.Profile).Where(match => standing.IsOffered(match.Paper, again)).ToList();
        return new Picked([.. own.Take(standing.Promise?.Share ?? standing.Subscriber.Cap)], [], own.Count);
    }

    private IEnumerable<long> MayRepeat(Standing standing)
    {
        bool IsOld(Paper paper) => standing.Subscriber.Watermark is null || paper.Id <= standing.Watermark;
        if (IsEmpty(standing))
            return OldOfTrending(standing, IsOld, standing.Promise?.Share ?? standing.Subscriber.Cap);
        IEnumerable<long> fitting = index.Look(run, standing.Subscriber.Id, run.Papers.Length, (_, paper) => IsOld(paper) && standing.IsOffered(paper, again)) is { } found
            ? found.Ids(0) : [];
        // The rest of a category is of this issue's own days.
        return standing.Lines.Rest.Count == 0 || standing.Subscriber.Watermark is not null ? fitting : fitting.Union(OldOfTrending(standing, IsOld, int.MaxValue));
    }

    /// <summary>Those before the place where enough others stand, which nobody was sent yet.</summary>
    private IEnumerable<long> OldOfTrending(Standing standing, Func<Paper, bool> isOld, int enough)
    {
        foreach (var match in trending.For(standing.Profile).Where(match => standing.IsOffered(match.Paper, again)))
        {
            if (isOld(match.Paper))
                yield return match.Paper.Id;
            else if (--enough == 0)
                yield break;
        }
    }

    private Picked OfInterests(Standing standing)
    {
        var key = standing.Subscriber.Id;
        var cap = standing.Promise?.Most ?? standing.Subscriber.Cap;
        if (index.Look(run, key, cap + options.HoldOverPapers, (_, paper) => standing.IsOffered(paper, again)) is not { } found)
            return Picked.Nothing;
        var chosen = standing.Promise is { } promise
            ? promise.Cut(found = found.Keep(), index.Look(run, key, promise.AboveBorder, (_, paper) => inWeek.Contains(paper.Id)))
            : Math.Min(found.Count, cap);
        return standing.Taught.Count > 0
            ? Taught(found.Explain(standing.Lines, found.Count), chosen, found.Matched, standing.Taught)
            : new Picked(found.Explain(standing.Lines, chosen), found.Ids(chosen), found.Matched);
    }

    private static Picked Taught(IReadOnlyList<Match> matches, int chosen, int matched, IReadOnlyList<LearnedTerm> terms)
    {
        var all = new LearnedWeights([.. terms.Select(term => (term.Term, (int)term.Weight))]).Choose(matches, chosen);
        return new Picked([.. all.Take(chosen)], [.. all.Skip(chosen).Select(match => match.Paper.Id)], matched);
    }

    /// <summary>The place of the first paper that arrived after the watermark; they are in the order of arrival.</summary>
    private int FirstAfter(long watermark)
    {
        var (from, to) = (0, fresh.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (fresh[middle].Id > watermark)
                to = middle;
            else
                from = middle + 1;
        }
        return from;
    }

    /// <summary>How many of the new papers are in the categories that a profile names; the same for many readers.</summary>
    private int? InCategories(Standing standing, int from)
    {
        var (named, rest) = (index.Categories(standing.Subscriber.Id), standing.Lines.Rest);
        if (named.Count + rest.Count == 0)
            return null;
        IReadOnlyList<string> categories = [.. named, .. rest];
        var asked = (string.Join(' ', categories), from);
        if (!inCategories.TryGetValue(asked, out var count))
            inCategories[asked] = count = InCategories(categories, from);
        return count;
    }

    private int InCategories(IReadOnlyList<string> categories, int from) =>
        fresh.Skip(from).Count(paper => paper.Categories.Any(category => categories.Any(code => CategoryCode.Covers(code, category))));
}

/// <summary>Where a subscriber stands before an issue.</summary>
/// <param name="Slot">The slot that it answers.</param>
/// <param name="Watermark">The newest paper that was considered before.</param>
/// <param name="Before">When the issue before was composed.</param>
internal sealed record Standing(Subscriber Subscriber, DateTimeOffset Slot, long Watermark, DateTimeOffset Before, ProfileLines Lines, Waiting Waiting)
{
    private HashSet<long>? sent;
    private Profile? profile;

    /// <summary>What is promised to those who asked for "about N a day".</summary>
    public VolumePromise? Promise { get; set; }

    /// <summary>What was learned from their thumbs.</summary>
    public IReadOnlyList<LearnedTerm> Taught { get; set; } = [];

    /// <summary>Parsed where lines are not enough: few need it.</summary>
    public Profile Profile => profile ??= Profile.Parse(Subscriber.Profile);

    /// <summary>Whether they may be offered a paper: it is new to them, waits or came again, and they were not sent it.</summary>
    /// <param name="again">When papers came again; null: none did.</param>
    public bool IsOffered(Paper paper, IReadOnlyDictionary<long, DateTimeOffset>? again) =>
        (paper.Id > Watermark || Waiting.Contains(paper.Id) || (again is not null && again.TryGetValue(paper.Id, out var time) && time > Before)) && (sent is null || !sent.Contains(paper.Id));

    /// <summary>Takes out a paper that they were sent and would be offered.</summary>
    public void Except(long paper) => (sent ??= []).Add(paper);
}

/// <summary>An issue with what has to be written beside it.</summary>
/// <param name="Waiting">The papers to hold over.</param>
/// <param name="WaitedBefore">What waited until now.</param>
/// <param name="Watermark">The newest paper that was considered.</param>
internal sealed record Composition(Subscriber Subscriber, Issue Issue, IReadOnlyList<long> Waiting, Waiting WaitedBefore, long Watermark);

/// <summary>What was picked for a subscriber.</summary>
/// <param name="Best">What comes into the issue, best first.</param>
/// <param name="Others">What fits and does not come, best first.</param>
/// <param name="Matched">How many fit in all.</param>
internal sealed record Picked(IReadOnlyList<Match> Best, IReadOnlyList<long> Others, int Matched)
{
    public static readonly Picked Nothing = new([], [], 0);
}
