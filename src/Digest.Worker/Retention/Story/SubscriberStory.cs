using System.Globalization;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Retention.Story;

/// <summary>Tells what happened to one subscriber: each day with its mail or why none came, and everything by its moment.</summary>
internal sealed class SubscriberStory(StoryStore store, TimeProvider time)
{
    /// <param name="days">How many days back, today among them.</param>
    /// <param name="waits">Why issues are not composed now; null: they are.</param>
    public async Task<ToldStory> TellAsync(Subscriber subscriber, int days, string? waits, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, subscriber.Zone).DateTime);
        var rows = await store.ReadAsync(subscriber.Id, Slot.Begins(today.AddDays(1 - days), subscriber.Zone), cancellationToken);
        var verdict = new DayVerdict(subscriber, rows, now, waits);
        return new ToldStory(
            [.. Enumerable.Range(0, days).Select(back => today.AddDays(-back)).Select(day => new ToldDay(day, verdict.Of(day)))],
            [.. Events(subscriber, rows).OrderByDescending(one => one.At)],
            rows.Suppression);
    }

    private static IEnumerable<ToldEvent> Events(Subscriber subscriber, StoryRows rows)
    {
        yield return new(subscriber.CreatedAt, "signed up", "");
        if (subscriber.ConsentAt is { } consent)
            yield return new(consent, "agreed", subscriber.ConsentSource ?? "");
        if (subscriber.UnsubscribedAt is { } left)
            yield return new(left, "left", rows.Suppression ?? "");
        foreach (var issue in rows.Issues)
            yield return new(issue.ComposedAt, "issue composed", string.Create(CultureInfo.InvariantCulture, $"number {issue.Id}, {issue.Papers} papers"));
        foreach (var mail in rows.Mails)
            yield return new(mail.SettledAt ?? mail.CreatedAt, $"mail: {mail.Kind}", $"{mail.State}{(mail.Attempts > 1 ? $", tried {mail.Attempts} times" : "")}{(mail.Answer is { Length: > 0 } answer ? $": {answer}" : "")}");
        foreach (var mail in rows.Received)
            yield return new(mail.ReceivedAt, $"received: {mail.Kind}", $"{mail.Effect} (by {mail.Decision})");
        foreach (var back in rows.Returned)
            yield return new(back.CreatedAt, $"came back: {back.Severity}", $"{back.Reason} {back.Status}{(back.Counts == 0 ? " (about us, not the address)" : "")}".Trim());
        foreach (var change in rows.Changes)
            yield return new(change.ChangedAt, "changed by the reader", change.Undone == 0 ? "" : "taken back");
    }
}

/// <param name="Days">Newest first.</param>
/// <param name="Events">Newest first.</param>
/// <param name="Suppression">Why the address is not written to; null: it is.</param>
internal sealed record ToldStory(IReadOnlyList<ToldDay> Days, IReadOnlyList<ToldEvent> Events, string? Suppression)
{
    /// <summary>The days, newest first; of many in a row with the same to say the first and the last.</summary>
    public IEnumerable<(DateOnly From, DateOnly To, string Verdict)> Spans()
    {
        for (var i = 0; i < Days.Count;)
        {
            var to = Days[i];
            while (++i < Days.Count && Days[i].Verdict == to.Verdict)
            {
            }
            yield return (Days[i - 1].Day, to.Day, to.Verdict);
        }
    }
}

/// <param name="Day">In the reader's own zone.</param>
/// <param name="Verdict">A sentence or two.</param>
internal sealed record ToldDay(DateOnly Day, string Verdict);

internal sealed record ToldEvent(DateTimeOffset At, string What, string Detail);
