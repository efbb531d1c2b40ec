using System.Data.Common;
using System.Globalization;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>Sends an issue once more because its reader asks for it: the same papers under the same numbers, at most once a day.</summary>
internal sealed class ResendIssue(IssueStore issues, OutboxStore outbox)
{
    /// <param name="issueId">The issue that the reader answers; 0: none.</param>
    /// <param name="day">The issue of that day; null: the one that is answered, else the newest.</param>
    /// <returns>The day of the issue, and whether a mail was put in; null where there is no such issue.</returns>
    public async Task<(DateOnly Day, bool IsNew)?> AskAsync(DbTransaction transaction, Subscriber reader, long issueId, DateOnly? day, DateTimeOffset now)
    {
        if (await issues.FindDeliveredAsync(transaction, reader.Id, day is null ? issueId : 0, day) is not { } issue)
            return null;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, reader.Zone).DateTime);
        var added = await outbox.AddAsync(transaction, new OutboxMail
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"issue/{reader.Id}/{issue.DueAt.ToUnixTimeSeconds()}/again/{today:yyyy-MM-dd}"),
            Kind = MailKind.Issue,
            SubscriberId = reader.Id,
            IssueId = issue.Id,
            Recipient = reader.Email,
            CreatedAt = now,
            ExpiresAt = now.AddDays(1),
        });
        return (issue.LocalDate, added);
    }
}
