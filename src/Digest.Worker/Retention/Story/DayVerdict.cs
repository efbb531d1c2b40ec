using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;

namespace Digest.Worker.Retention.Story;

/// <summary>Says of one day of a subscriber, in their own zone, whether a mail came and, where none came, why.</summary>
/// <param name="waits">Why issues are not composed now; null: they are.</param>
internal sealed class DayVerdict(Subscriber subscriber, StoryRows rows, DateTimeOffset now, string? waits)
{
    public string Of(DateOnly day)
    {
        var sentences = rows.Issues.Where(issue => issue.LocalDate == day).Select(OfIssue).ToList();
        return sentences.Count > 0 ? string.Join(' ', sentences) : WithoutIssue(day);
    }

    private string OfIssue(IssueRow issue)
    {
        var receipt = JsonNode.Parse(issue.Receipt);
        var mails = rows.Mails.Where(mail => mail.IssueId == issue.Id).ToList();
        if (mails.Count > 0)
            return string.Join(' ', mails.Select(mail => OfMail(mail, Number(receipt, "Sent"))));
        if (Number(receipt, "Sent") != "0")
            return $"An issue with {Number(receipt, "Sent")} papers was composed at {Clock(issue.ComposedAt)}; what became of its mail is no longer kept.";
        return $"An issue was composed at {Clock(issue.ComposedAt)} and had no papers: {Number(receipt, "Announced")} announced, {Number(receipt, "Matched")} fitting. Mails on empty days are not wanted.";
    }

    private string OfMail(MailRow mail, string papers)
    {
        var issue = papers == "1" ? "An issue with 1 paper" : $"An issue with {papers} papers";
        return mail.State switch
        {
            "sent" => $"{issue} was sent at {Clock(mail.SettledAt ?? mail.DueAt)}{Said(mail)}.{Returned(mail)}",
            "queued" => $"{issue} waits to be sent, due at {Clock(mail.DueAt)}.",
            "claimed" => $"{issue} is being sent.",
            "in_doubt" => $"{issue} was handed to the server, whose final answer was lost: it may have arrived.",
            "deferred" => $"{issue} was put off by the server{Said(mail)}; tried {mail.Attempts} times, next at {Clock(mail.DueAt)}.",
            "bounced" => $"{issue} was refused or came back{Said(mail)}.",
            "suppressed" => $"{issue} was taken back before it was sent: a pause, an unsubscribe, a suppression or 'deliveries drop'.",
            "expired" => $"{issue} was given up: no server took it before the next one was due{Said(mail)}. Its papers wait for the next.",
            _ => $"{issue} is {mail.State}.",
        };
    }

    private string WithoutIssue(DateOnly day)
    {
        var begins = Slot.Begins(day, subscriber.Zone);
        var ends = Slot.Begins(day.AddDays(1), subscriber.Zone);
        if (subscriber.CreatedAt >= ends)
            return "Not subscribed yet.";
        if (subscriber.State == SubscriberState.Pending || (subscriber.ConsentAt is { } consent && consent >= ends))
            return "Not confirmed yet: who is asked to confirm gets nothing else.";
        if (subscriber.UnsubscribedAt is { } left && left < ends)
            return $"Had left: unsubscribed on {Date(left)}{(rows.Suppression is { } reason ? $" ({reason})" : "")}.";
        var then = At(begins);
        // At the hour of the day's issue, for a pause may have begun, or a wish have changed, in the night before it.
        then = At(Slot.Next(Cadence.Daily, then.Hour, subscriber.Zone, begins.AddTicks(-1)));
        if (then.State == SubscriberState.Paused && !(then.PausedUntil < ends))
            return then.PausedUntil is { } until ? $"Paused until {Date(until)}." : "Paused until they resume.";
        if (Cadence.TryParse(then.Cadence, out var cadence) && !cadence.Falls(day.DayOfWeek))
            return $"No issue falls on this day: {then.Cadence}.";
        var slot = Slot.Next(cadence, then.Hour, subscriber.Zone, begins.AddTicks(-1));
        if (slot > now)
            return $"The issue of this day is due at {Clock(slot)}.";
        if (subscriber.NextDueAt <= slot)
            return $"The issue is due since {Clock(slot)} and not composed yet: {waits ?? "is the service running? 'doctor' tells"}.";
        if (subscriber.CreatedAt > slot || subscriber.ConsentAt > slot)
            return "The subscription began after this day's hour.";
        // A pause that ends by itself leaves no note of its end.
        return rows.Changes.LastOrDefault(change => change.ChangedAt <= slot && change.ChangedAt > slot.AddDays(-60) && !rows.Issues.Any(issue => issue.ComposedAt > change.ChangedAt && issue.ComposedAt < slot)) is { } changed
            ? $"No issue was composed: the reader changed the subscription on {Date(changed.ChangedAt)} (a pause, the hour or the cadence)."
            : "No issue was composed: the operator paused or changed the subscription, or the service did not run. What was owed came with the next issue.";
    }

    /// <summary>What was wished for at that moment: how it was before the first change that came after it.</summary>
    private SubscriptionSnapshot At(DateTimeOffset moment) =>
        rows.Changes.FirstOrDefault(change => change.ChangedAt > moment) is { } next ? JsonSerializer.Deserialize<SubscriptionSnapshot>(next.Before)! : SubscriptionSnapshot.Of(subscriber);

    private string Returned(MailRow mail) =>
        rows.Returned.FirstOrDefault(one => one.CreatedAt >= mail.SettledAt && one.CreatedAt < mail.SettledAt.Value.AddDays(5)) is { } back ? $" A mail came back on {Date(back.CreatedAt)}: {back.Severity} ({back.Reason})." : "";

    private static string Said(MailRow mail) => mail.Answer is { Length: > 0 } answer ? $" ({answer})" : "";

    private static string Number(JsonNode? receipt, string member) => receipt?[member]?.ToString() ?? "?";

    private string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, subscriber.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private string Date(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, subscriber.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
