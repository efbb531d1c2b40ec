using Digest.Worker.Matching;
using Digest.Worker.Matching.Language;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>Chooses the papers of a group of subscribers. Reads the database, writes nothing: a preview is the same without the writing.</summary>
internal sealed class Composer(PaperStore papers, IssueStore issues, IssueRoom room, IssuesOptions options)
{
    /// <summary>Composes for each of <paramref name="subscribers"/> the issue of the slot that <paramref name="slot"/> names.</summary>
    /// <param name="gaps">What a receipt tells of sources that are late or short, when the issue before was of that moment.</param>
    public async Task<IReadOnlyList<Composition>> ComposeAsync(IReadOnlyList<Subscriber> subscribers, Func<Subscriber, DateTimeOffset> slot, DateTimeOffset now,
        Func<DateTimeOffset, IReadOnlyList<BatchGap>> gaps, CancellationToken cancellationToken)
    {
        var watermarks = new Dictionary<long, long>();
        foreach (var subscriber in subscribers)
            watermarks[subscriber.Id] = subscriber.Watermark ?? await papers.HighestIdBeforeAsync(slot(subscriber) - subscriber.Cadence.Period, cancellationToken);
        var least = watermarks.Values.Min();
        var ids = watermarks.Keys;
        var fresh = await papers.NewerThanAsync(least, cancellationToken);
        var heldOver = await issues.HeldOverAsync(ids, now, cancellationToken);
        var composed = await issues.ComposedAsync(ids, cancellationToken);
        DateTimeOffset Before(Subscriber subscriber) => composed.TryGetValue(subscriber.Id, out var time) ? time : slot(subscriber) - subscriber.Cadence.Period;
        var before = subscribers.ToDictionary(subscriber => subscriber.Id, Before);
        var again = await papers.AgainSinceAsync(before.Values.Min(), cancellationToken);
        var sent = await issues.SentAsync(ids, least, [.. again.Keys.Where(id => id <= least)], cancellationToken);
        var waiting = await papers.FindOfferableAsync([.. heldOver.SelectMany(group => group).Concat(again.Keys).Distinct().Where(id => id <= least)], cancellationToken);
        IReadOnlyList<Paper> offered = [.. waiting, .. fresh];
        var highest = fresh.Count > 0 ? fresh.Max(paper => paper.Id) : least;

        bool Offered(long key, Paper paper) =>
            (paper.Id > watermarks[key] || heldOver[key].Contains(paper.Id) || (again.TryGetValue(paper.Id, out var time) && time > before[key])) && !sent[key].Contains(paper.Id);

        var profiles = subscribers.ToDictionary(subscriber => subscriber.Id, subscriber => Profile.Parse(subscriber.Profile));
        var found = Match(subscribers, profiles, offered, Offered);
        return [.. subscribers.Select(subscriber =>
        {
            var newPapers = fresh.Where(paper => paper.Id > watermarks[subscriber.Id]).ToList();
            var (best, matched) = found.TryGetValue(subscriber.Id, out var hits) ? hits : ([], 0);
            return Compose(subscriber, profiles[subscriber.Id], slot(subscriber), now, newPapers, best, matched, Math.Max(highest, watermarks[subscriber.Id]), gaps(before[subscriber.Id]));
        })];
    }

    private Dictionary<long, (IReadOnlyList<Match> Best, int Matched)> Match(IReadOnlyList<Subscriber> subscribers, Dictionary<long, Profile> profiles,
        IReadOnlyList<Paper> offered, Func<long, Paper, bool> isOffered)
    {
        var index = new ProfileIndex();
        var caps = subscribers.ToDictionary(subscriber => subscriber.Id, subscriber => subscriber.Cap + options.HoldOverPapers);
        var found = new Dictionary<long, (IReadOnlyList<Match>, int)>();
        var trending = new Trending(offered);
        foreach (var subscriber in subscribers)
        {
            if (!profiles[subscriber.Id].IsEmpty)
            {
                index.Add(subscriber.Id, profiles[subscriber.Id]);
                continue;
            }
            var own = trending.For(profiles[subscriber.Id]).Where(match => isOffered(subscriber.Id, match.Paper)).ToList();
            found[subscriber.Id] = ([.. own.Take(subscriber.Cap)], own.Count);
        }
        foreach (var hit in index.Run(offered, key => caps[key], isOffered))
            found[hit.Key] = (hit.Explain(profiles[hit.Key], caps[hit.Key]), hit.Matched);
        return found;
    }

    private Composition Compose(Subscriber subscriber, Profile profile, DateTimeOffset slot, DateTimeOffset now, List<Paper> fresh,
        IReadOnlyList<Match> best, int matched, long watermark, IReadOnlyList<BatchGap> gaps)
    {
        // The mail shows them under the reader's interests: the group of the best paper first, and numbers that count on down the page.
        IReadOnlyList<Match> choices = [.. best.Take(subscriber.Cap).GroupBy(match => match.Reason.Interest).SelectMany(group => group)];
        // Yesterday's trend is no news: only what an interest asked for waits.
        var issue = new Issue
        {
            SubscriberId = subscriber.Id,
            DueAt = slot,
            ComposedAt = now,
            LocalDate = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, subscriber.Zone).DateTime),
            Reader = new IssueReader(subscriber.Email, subscriber.Name, subscriber.Language, subscriber.Interests, subscriber.Cadence.ToString(), subscriber.Hour, subscriber.Timezone),
            Trending = profile.IsEmpty,
            Choices = choices,
            Receipt = new Receipt(fresh.Count, InCategories(profile, fresh), matched, choices.Count, 0, gaps),
        };
        // A mail has no room for the longest of issues: what it would not show waits with what is beyond the cap.
        var shown = room.Fitting(issue);
        IReadOnlyList<long> waiting = profile.IsEmpty || options.HoldOverDays == 0
            ? []
            : [.. choices.Except(shown).Concat(best.Skip(subscriber.Cap)).Take(options.HoldOverPapers).Select(match => match.Paper.Id)];
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
