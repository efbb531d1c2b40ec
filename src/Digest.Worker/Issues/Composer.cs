using Digest.Worker.Matching;
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
        (await ReadAsync(await OpenAsync(now, cancellationToken), [subscriber], _ => now, now, await batches.AccountAsync(cancellationToken), cancellationToken)).Compose(subscriber).Issue;

    /// <summary>Reads all that the issues of <paramref name="subscribers"/> are composed from, of the slots that <paramref name="slot"/> names.</summary>
    /// <param name="account">What a receipt tells of the sources.</param>
    public async Task<ComposingPage> ReadAsync(PaperWindow window, IReadOnlyList<Subscriber> subscribers, Func<Subscriber, DateTimeOffset> slot, DateTimeOffset now,
        BatchAccount account, CancellationToken cancellationToken)
    {
        var watermarks = await WatermarksAsync(subscribers, slot, cancellationToken);
        var least = watermarks.Values.Min();
        var fresh = await window.NewerThanAsync(least, cancellationToken);
        var before = subscribers.ToDictionary(subscriber => subscriber.Id, subscriber => subscriber.ComposedAt ?? slot(subscriber) - subscriber.Cadence.Period);
        var again = await papers.AgainSinceAsync(before.Values.Min(), cancellationToken);
        var waiting = subscribers.ToDictionary(subscriber => subscriber.Id, subscriber => Waiting.Read(subscriber.Waiting, now));
        var older = await papers.FindOfferableAsync([.. waiting.Values.SelectMany(one => one.Papers).Concat(again.Keys).Distinct().Where(id => id <= least)], cancellationToken);
        var profiles = subscribers.ToDictionary(subscriber => subscriber.Id, subscriber => ProfileLines.Read(subscriber.Profile));
        var promises = await PromisesAsync(subscribers, profiles, slot, before, now, cancellationToken);
        var taught = await learned.OfAsync(watermarks.Keys.Min(), watermarks.Keys.Max(), cancellationToken);
        var page = new ComposingPage(window, subscribers.Select(subscriber => new Standing(subscriber, slot(subscriber), watermarks[subscriber.Id], before[subscriber.Id], profiles[subscriber.Id],
            waiting[subscriber.Id], promises.GetValueOrDefault(subscriber.Id), taught[subscriber.Id])), fresh, [.. older, .. fresh], again, account, now, room, options);
        await ExceptSentAsync(page, cancellationToken);
        return page;
    }

    /// <summary>The newest paper that each of them was offered before; for a new reader and one who comes back, the newest before the slot's own days.</summary>
    private async Task<Dictionary<long, long>> WatermarksAsync(IReadOnlyList<Subscriber> subscribers, Func<Subscriber, DateTimeOffset> slot, CancellationToken cancellationToken)
    {
        var highest = new Dictionary<DateTimeOffset, long>();
        var watermarks = new Dictionary<long, long>(subscribers.Count);
        foreach (var subscriber in subscribers)
        {
            if (subscriber.Watermark is not { } watermark)
            {
                var begins = slot(subscriber) - subscriber.Cadence.Period;
                if (!highest.TryGetValue(begins, out watermark))
                    highest.Add(begins, watermark = await papers.HighestIdBeforeAsync(begins, cancellationToken));
            }
            watermarks.Add(subscriber.Id, watermark);
        }
        return watermarks;
    }

    /// <summary>Takes out what they were sent. It is looked up for those alone who could be offered it.</summary>
    private async Task ExceptSentAsync(ComposingPage page, CancellationToken cancellationToken)
    {
        foreach (var offers in page.MayRepeat().GroupBy(offer => offer.Paper, offer => offer.Subscriber).ToList())
            page.Except(offers.Key, await issues.SentAsync(offers.Key, [.. offers], cancellationToken));
    }

    /// <summary>What those who asked for "about N a day" are promised today.</summary>
    private async Task<Dictionary<long, VolumePromise>> PromisesAsync(IReadOnlyList<Subscriber> subscribers, Dictionary<long, ProfileLines> profiles,
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
            return new VolumePromise(profiles[subscriber.Id].PerDay!.Value, days, week[subscriber.Id].Where(issue => issue.ComposedAt > rest).Sum(issue => issue.Papers), served);
        });
    }
}
