using Digest.Worker.Matching;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Learning;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Learning;

namespace Digest.Worker.Issues;

/// <summary>Chooses the papers of a group of subscribers. Reads the database, writes nothing: a preview is the same without the writing.</summary>
internal sealed class Composer(PaperStore papers, IssueStore issues, IssueRoom room, LearnedStore learned, BatchReading batches, IssuesOptions options)
{
    /// <summary>The papers for one run; every page of subscribers is composed from the same.</summary>
    public Task<PaperWindow> OpenAsync(DateTimeOffset now, CancellationToken cancellationToken) => PaperWindow.OpenAsync(papers, now, cancellationToken);

    /// <summary>The issue that a subscriber would get if their slot were now.</summary>
    public async Task<Issue> NowAsync(Subscriber subscriber, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ComposeAsync(await OpenAsync(now, cancellationToken), [subscriber], _ => now, now, await batches.AccountAsync(cancellationToken), cancellationToken))[0].Issue;

    /// <summary>Composes for each of <paramref name="subscribers"/> the issue of the slot that <paramref name="slot"/> names.</summary>
    /// <param name="account">What a receipt tells of the sources.</param>
    public async Task<IReadOnlyList<Composition>> ComposeAsync(PaperWindow window, IReadOnlyList<Subscriber> subscribers, Func<Subscriber, DateTimeOffset> slot, DateTimeOffset now,
        BatchAccount account, CancellationToken cancellationToken)
    {
        var watermarks = new Dictionary<long, long>();
        foreach (var subscriber in subscribers)
            watermarks[subscriber.Id] = subscriber.Watermark ?? await papers.HighestIdBeforeAsync(slot(subscriber) - subscriber.Cadence.Period, cancellationToken);
        var least = watermarks.Values.Min();
        var ids = watermarks.Keys;
        var fresh = await window.NewerThanAsync(least, cancellationToken);
        var heldOver = await issues.HeldOverAsync(ids, now, cancellationToken);
        var composed = await issues.ComposedAsync(ids, cancellationToken);
        DateTimeOffset Before(Subscriber subscriber) => composed.TryGetValue(subscriber.Id, out var time) ? time : slot(subscriber) - subscriber.Cadence.Period;
        var before = subscribers.ToDictionary(subscriber => subscriber.Id, Before);
        var again = await papers.AgainSinceAsync(before.Values.Min(), cancellationToken);
        var sent = await issues.SentAsync(ids, least, [.. again.Keys.Where(id => id <= least)], cancellationToken);
        var waiting = await papers.FindOfferableAsync([.. heldOver.SelectMany(group => group).Concat(again.Keys).Distinct().Where(id => id <= least)], cancellationToken);
        IReadOnlyList<Paper> offered = [.. waiting, .. fresh];

        bool Offered(long key, Paper paper) =>
            (paper.Id > watermarks[key] || heldOver[key].Contains(paper.Id) || (again.TryGetValue(paper.Id, out var time) && time > before[key])) && !sent[key].Contains(paper.Id);

        var profiles = subscribers.ToDictionary(subscriber => subscriber.Id, subscriber => Profile.Parse(subscriber.Profile));
        var promises = await PromisesAsync(subscribers, profiles, slot, before, now, cancellationToken);
        var taught = await learned.OfAsync(ids, cancellationToken);
        var found = Match(window, subscribers, profiles, promises, taught, offered, Offered, (key, paper) => paper.Id > watermarks[key]);
        return [.. subscribers.Select(subscriber =>
        {
            var newPapers = fresh.Where(paper => paper.Id > watermarks[subscriber.Id]).ToList();
            return Compose(subscriber, profiles[subscriber.Id], slot(subscriber), now, newPapers, found.GetValueOrDefault(subscriber.Id, Picked.Nothing),
                Math.Max(window.Highest, watermarks[subscriber.Id]), account.Gaps(before[subscriber.Id]), account.WholeSince);
        })];
    }

    /// <summary>What those who asked for "about N a day" are promised today.</summary>
    private async Task<Dictionary<long, VolumePromise>> PromisesAsync(IReadOnlyList<Subscriber> subscribers, Dictionary<long, Profile> profiles,
        Func<Subscriber, DateTimeOffset> slot, Dictionary<long, DateTimeOffset> before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var promised = subscribers.Where(subscriber => profiles[subscriber.Id].PerDay is not null).ToList();
        if (promised.Count == 0)
            return [];
        var week = await issues.SizesSinceAsync([.. promised.Select(subscriber => subscriber.Id)], now.AddDays(-VolumePromise.Week), cancellationToken);
        return promised.ToDictionary(subscriber => subscriber.Id, subscriber =>
        {
            // Half a day's grace: a run that is late must not make an issue answer for one day more.
            var days = Math.Clamp((int)Math.Round((slot(subscriber) - before[subscriber.Id]).TotalDays), 1, VolumePromise.Week);
            var rest = now.AddDays(days - VolumePromise.Week).AddHours(-12);
            var served = subscriber.Watermark is null ? 0 : Math.Clamp((int)Math.Round((now - (subscriber.ConsentAt ?? subscriber.CreatedAt)).TotalDays) - days, 0, VolumePromise.Week - days);
            return new VolumePromise(profiles[subscriber.Id].PerDay!.Value, days, week[subscriber.Id].Where(issue => issue.ComposedAt > rest).Sum(issue => (int)issue.Papers), served);
        });
    }

    private Dictionary<long, Picked> Match(PaperWindow window, IReadOnlyList<Subscriber> subscribers, Dictionary<long, Profile> profiles, Dictionary<long, VolumePromise> promises,
        ILookup<long, LearnedTerm> taught, IReadOnlyList<Paper> offered, Func<long, Paper, bool> isOffered, Func<long, Paper, bool> isFresh)
    {
        var index = new ProfileIndex();
        var caps = subscribers.ToDictionary(subscriber => subscriber.Id, subscriber => promises.TryGetValue(subscriber.Id, out var promise) ? promise.Most : subscriber.Cap);
        var picked = new Dictionary<long, Picked>();
        var trending = new Trending(offered);
        foreach (var subscriber in subscribers)
        {
            if (!profiles[subscriber.Id].IsEmpty)
            {
                index.Add(subscriber.Id, profiles[subscriber.Id]);
                continue;
            }
            // Yesterday's trend is no news: only what an interest asked for waits.
            var own = trending.For(profiles[subscriber.Id]).Where(match => isOffered(subscriber.Id, match.Paper)).ToList();
            picked[subscriber.Id] = new Picked([.. own.Take(promises.TryGetValue(subscriber.Id, out var promise) ? promise.Share : subscriber.Cap)], [], own.Count);
        }
        // The week's papers are asked as well where somebody's border depends on them.
        var inWeek = promises.Count > 0 ? window.Week.Select(reading => reading.Paper.Id).ToHashSet() : [];
        var run = index.Over([.. window.Read(offered.Where(paper => !inWeek.Contains(paper.Id))), .. promises.Count > 0 ? window.Week : []], window.Corpus);
        foreach (var key in index.Keys)
        {
            if (index.Match(run, key, caps[key] + options.HoldOverPapers, isOffered) is not { } found)
                continue;
            var chosen = promises.TryGetValue(key, out var promised)
                ? promised.Cut(found, index.Match(run, key, promised.AboveBorder, (_, paper) => inWeek.Contains(paper.Id)))
                : Math.Min(found.Count, caps[key]);
            picked[key] = taught.Contains(key)
                ? Taught(found.Explain(profiles[key], found.Count), chosen, found.Matched, taught[key])
                : new Picked(found.Explain(profiles[key], chosen), [.. Enumerable.Range(chosen, found.Count - chosen).Select(place => found.Paper(place).Id)], found.Matched);
        }
        foreach (var subscriber in subscribers.Where(subscriber => profiles[subscriber.Id].Rest.Count > 0))
            picked[subscriber.Id] = RestOfCategories.AddTo(picked.GetValueOrDefault(subscriber.Id, Picked.Nothing), profiles[subscriber.Id], trending, paper => isFresh(subscriber.Id, paper) && isOffered(subscriber.Id, paper));
        return picked;
    }

    private static Picked Taught(IReadOnlyList<Match> matches, int chosen, int matched, IEnumerable<LearnedTerm> terms)
    {
        var all = new LearnedWeights([.. terms.Select(term => (term.Term, (int)term.Weight))]).Choose(matches, chosen);
        return new Picked([.. all.Take(chosen)], [.. all.Skip(chosen).Select(match => match.Paper.Id)], matched);
    }

    private Composition Compose(Subscriber subscriber, Profile profile, DateTimeOffset slot, DateTimeOffset now, List<Paper> fresh, Picked picked, long watermark, IReadOnlyList<BatchGap> gaps, DateOnly? wholeSince)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, subscriber.Zone).DateTime);
        // The mail shows them under the reader's interests: the group of the best paper first, and numbers that count on down the page.
        IReadOnlyList<Match> choices = [.. picked.Best.GroupBy(match => match.Reason.Interest).SelectMany(group => group)];
        var issue = new Issue
        {
            SubscriberId = subscriber.Id,
            DueAt = slot,
            ComposedAt = now,
            LocalDate = today,
            Reader = new IssueReader(subscriber.Email, subscriber.Name, subscriber.Language, subscriber.Interests, subscriber.Cadence.ToString(), subscriber.Hour, subscriber.Timezone),
            Trending = profile.IsEmpty,
            Choices = choices,
            Receipt = new Receipt(fresh.Count, InCategories(profile, fresh), picked.Matched, choices.Count, 0, gaps) { WholeSince = gaps.Count == 0 && wholeSince < today ? wholeSince : null },
        };
        // A mail has no room for the longest of issues: what it would not show waits with what is beyond the cap.
        var shown = room.Fitting(issue);
        IReadOnlyList<long> waiting = profile.IsEmpty || options.HoldOverDays == 0
            ? []
            : [.. choices.Except(shown).Where(match => !RestOfCategories.Holds(match)).Select(match => match.Paper.Id).Concat(picked.Others).Take(options.HoldOverPapers)];
        issue = issue with { Choices = shown, Receipt = issue.Receipt with { Sent = shown.Count, HeldOver = waiting.Count } };
        return new Composition(subscriber, issue, waiting, watermark);
    }

    private static int? InCategories(Profile profile, List<Paper> fresh) =>
        profile.Categories.Count == 0 ? null : fresh.Count(paper => paper.Categories.Any(category => profile.Categories.Any(code => CategoryCode.Covers(code, category))));
}

/// <summary>An issue with what has to be written beside it.</summary>
/// <param name="Waiting">The papers to hold over.</param>
/// <param name="Watermark">The newest paper that was considered.</param>
internal sealed record Composition(Subscriber Subscriber, Issue Issue, IReadOnlyList<long> Waiting, long Watermark);

/// <summary>What was picked for a subscriber.</summary>
/// <param name="Best">What comes into the issue, best first.</param>
/// <param name="Others">What fits and does not come, best first.</param>
/// <param name="Matched">How many fit in all.</param>
internal sealed record Picked(IReadOnlyList<Match> Best, IReadOnlyList<long> Others, int Matched)
{
    public static readonly Picked Nothing = new([], [], 0);
}
