using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Bounces;

namespace Digest.Worker.Delivery;

/// <summary>
/// Keeps on record what servers say of an address, by the same score as bounces that come back by mail. "No such user" must be said on two days
/// within a month, with no issue taken between them, because providers have said it of everybody on a bad day; a full mailbox scores one point a day.
/// </summary>
internal sealed class AddressRecord(Database database, BounceStore bounces, ReturnedStore outbox, Subscriptions subscriptions, TimeProvider time, ILogger<AddressRecord> logger)
{
    private const int HardDays = 30;

    /// <summary>Writes an answer down, and suppresses the address when that makes it certain. Written twice it counts once.</summary>
    public async Task BlameAsync(ClaimedMail mail, AnswerClass about, ServerAnswer answer)
    {
        if (mail.SubscriberId is not { } subscriber || about is not (AnswerClass.Hard or AnswerClass.Soft))
            return;
        var now = time.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var hard = about == AnswerClass.Hard;
        var why = await database.WriteAsync(async transaction =>
        {
            await bounces.AddAsync(transaction, new BounceRow(subscriber, day, hard ? "hard" : "soft", hard ? "unknown-user" : "mailbox-full", answer.Enhanced, 1, mail.Domain, now));
            var reason = hard ? await HardAsync(transaction, subscriber, day) : await SoftAsync(transaction, subscriber, day);
            if (reason is not null)
                await subscriptions.SuppressAsync(transaction, subscriber, "bounced", $"{reason}: {answer}");
            return reason;
        }, CancellationToken.None);
        if (why is not null)
            logger.AddressSuppressed(mail.Id, why);
    }

    private async Task<string?> HardAsync(System.Data.Common.DbTransaction transaction, long subscriber, DateOnly today)
    {
        var days = await bounces.HardDaysAsync(transaction, subscriber, today.AddDays(-HardDays));
        return days.Count > 1 && !await outbox.AnySentSinceAsync(transaction, subscriber, new DateTimeOffset(days[1], TimeOnly.MaxValue, TimeSpan.Zero)) ? $"unknown on {days.Count} days" : null;
    }

    private async Task<string?> SoftAsync(System.Data.Common.DbTransaction transaction, long subscriber, DateOnly today)
    {
        var score = BounceScore.Of(await bounces.SoftDaysAsync(transaction, subscriber), today);
        return score >= BounceScore.SuppressAt ? $"{score} soft bounces" : null;
    }
}
