using Digest.Worker.Matching;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Learning;

namespace Digest.Worker.Issues;

/// <summary>Chooses the papers of a group of subscribers. Reads the database, writes nothing: a preview is the same without the writing.</summary>
internal sealed class Composer(PaperStore papers, SubscriberStore subscribers, IssueStore issues, IssueRoom room, LearnedStore learned, BatchReading batches, IssuesOptions options)
{
    /// <summary>A weekly issue looks back a week from its slot, which may be some hours ago.</summary>
    private const int DaysShared = 8;

    /// <summary>The papers for one run; every page of subscribers is composed from the same.</summary>
    /// <param name="lines">What is known of profiles' lines.</param>
    public Task<PaperWindow> OpenAsync(KnownLines lines, DateTimeOffset now, CancellationToken cancellationToken) => PaperWindow.OpenAsync(papers, lines, now, cancellationToken);

    /// <summary>Reads the window's papers against the profiles of those who are due and come after <paramref name="after"/>.</summary>
    /// <returns>Null: there are more papers than may stand in memory so.</returns>
    public async Task<SharedRun?> ShareAsync(PaperWindow window, DateTimeOffset now, DuePlace after, IReadOnlyList<int>? shards, CancellationToken cancellationToken)
    {
        var since = now.AddDays(-Math.Max(DaysShared, options.HoldOverDays + 1));
        var before = await papers.HighestIdBeforeAsync(since, cancellationToken);
        var recent = await window.NewerThanAsync(before, cancellationToken);
        var again = await papers.AgainSinceAsync(since, cancellationToken);
        if (recent.Count + again.Count > SharedRun.MostPapers)
            return null;
        var older = await window.OfferableAsync([.. again.Keys.Where(id => id <= before)], cancellationToken);
        var profiles = new ProfileIndex(window.Lines);
        var last = await subscribers.EachDueProfileAsync(now, after, SharedRun.ProfilesOver(older.Count + recent.Count), shards, (id, profile) =>
        {
            // Those of one slot come by their numbers; into the middle of so many, each of the next slot would move all behind it.
            if (profiles.Count >= SharedRun.FewProfiles && id < profiles.Keys[^1])
                return false;
            profiles.Add(id, profile);
            return true;
        }, cancellationToken);
        return new SharedRun(window, [.. older, .. recent], before, since, profiles, last);
    }

    /// <summary>The issue that a subscriber would get if their slot were now.</summary>
    public async Task<Issue> NowAsync(Subscriber subscriber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var window = await OpenAsync(new KnownLines(), now, cancellationToken);
        var (page, _) = await ReadAsync(window, [subscriber], _ => now, now, await batches.AccountAsync(cancellationToken), null, cancellationToken);
        return page!.Compose(subscriber).Issue;
    }

    /// <summary>Reads all that the issues of <paramref name="subscribers"/> are composed from, of the slots that <paramref name="slot"/> names.</summary>
    /// <param name="account">What a receipt tells of the sources.</param>
    /// <param name="shared">What was read for more than these; null: the papers are read for these alone.</param>
    /// <returns>The page, and those whom <paramref name="shared"/> does not hold: they are not in it.</returns>
    public async Task<(ComposingPage? Page, IReadOnlyList<Subscriber> Apart)> ReadAsync(PaperWindow window, IReadOnlyList<Subscriber> subscribers, Func<Subscriber, DateTimeOffset> slot,
        DateTimeOffset now, BatchAccount account, SharedRun? shared, CancellationToken cancellationToken)
    {
        var standings = await StandingsAsync(subscribers, slot, now, cancellationToken);
        var taught = await learned.OfAsync(subscribers.Select(subscriber => subscriber.Id), cancellationToken);
        foreach (var standing in taught.Count > 0 ? standings : [])
            standing.Taught = [.. taught[standing.Subscriber.Id]];
        var parts = standings.ToLookup(standing => shared is null || shared.Holds(standing));
        var page = parts[true].Any() ? await PageAsync(window, [.. parts[true]], now, account, shared, cancellationToken) : null;
        return (page, [.. parts[false].Select(standing => standing.Subscriber)]);
    }

    private async Task<ComposingPage> PageAsync(PaperWindow window, List<Standing> standings, DateTimeOffset now, BatchAccount account, SharedRun? shared, CancellationToken cancellationToken)
    {
        var least = standings.Min(standing => standing.Watermark);
        var fresh = await window.NewerThanAsync(least, cancellationToken);
        var again = await papers.AgainSinceAsync(standings.Min(standing => standing.Before), cancellationToken);
        var older = await window.OfferableAsync(Older(standings, again.Keys, least), cancellationToken);
        await PromiseAsync([.. standings.Where(standing => standing.Lines.PerDay is not null)], now, cancellationToken);
        var page = new ComposingPage(window, standings, fresh, [.. older, .. fresh], again, account, now, room, options, shared);
        await ExceptSentAsync(page, cancellationToken);
        return page;
    }

    /// <summary>Each paper that waits for somebody or came again, and is not above the least watermark.</summary>
    private static List<long> Older(List<Standing> standings, IEnumerable<long> again, long least)
    {
        var (known, older) = (new HashSet<long>(), new List<long>());
        foreach (var standing in standings)
            foreach (var paper in standing.Waiting.Numbers)
                if (paper <= least && known.Add(paper))
                    older.Add(paper);
        older.AddRange(again.Where(paper => paper <= least && known.Add(paper)));
        return older;
    }

    private async Task<List<Standing>> StandingsAsync(IReadOnlyList<Subscriber> subscribers, Func<Subscriber, DateTimeOffset> slot, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var highest = new Dictionary<DateTimeOffset, long>();
        var (standings, moment) = (new List<Standing>(subscribers.Count), TypeHandlers.ToText(now));
        foreach (var subscriber in subscribers)
        {
            var answers = slot(subscriber);
            var begins = answers - subscriber.Cadence.Period;
            // The newest paper that they were offered before; for a new reader and one who comes back, the newest before the slot's own days.
            if (subscriber.Watermark is not { } watermark && !highest.TryGetValue(begins, out watermark))
                highest.Add(begins, watermark = await papers.HighestIdBeforeAsync(begins, cancellationToken));
            standings.Add(new Standing(subscriber, answers, watermark, subscriber.ComposedAt ?? begins, ProfileLines.Read(subscriber.Profile), Waiting.Read(subscriber.Waiting, moment)));
        }
        return standings;
    }

    /// <summary>Takes out what they were sent. It is looked up for those alone who could be offered it.</summary>
    private async Task ExceptSentAsync(ComposingPage page, CancellationToken cancellationToken)
    {
        foreach (var offers in page.MayRepeat().GroupBy(offer => offer.Paper, offer => offer.Subscriber).ToList())
            page.Except(offers.Key, await issues.SentAsync(offers.Key, [.. offers], cancellationToken));
    }

    /// <summary>Says to those who asked for "about N a day" what they are promised today.</summary>
    private async Task PromiseAsync(List<Standing> promised, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (promised.Count == 0)
            return;
        var week = await issues.SizesSinceAsync([.. promised.Select(standing => standing.Subscriber.Id)], now.AddDays(-VolumePromise.Week), cancellationToken);
        foreach (var standing in promised)
        {
            var subscriber = standing.Subscriber;
            // Half a day's grace: a run that is late must not make an issue answer for one day more.
            var days = Math.Clamp((int)Math.Round((standing.Slot - standing.Before).TotalDays), 1, VolumePromise.Week);
            var rest = now.AddDays(days - VolumePromise.Week).AddHours(-12);
            var served = subscriber.Watermark is null ? 0 : Math.Clamp((int)Math.Round((now - (subscriber.ConsentAt ?? subscriber.CreatedAt)).TotalDays) - days, 0, VolumePromise.Week - days);
            standing.Promise = new VolumePromise(standing.Lines.PerDay!.Value, days, week[subscriber.Id].Where(issue => issue.ComposedAt > rest).Sum(issue => issue.Papers), served);
        }
    }
}
