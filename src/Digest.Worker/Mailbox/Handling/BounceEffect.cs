using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Bounces;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>
/// A failure settles the delivery as bounced. Hard ends the subscription, soft is scored, and what is about us is only recorded.
/// Without our token or Message-ID nothing happens: anybody can write a bounce.
/// </summary>
internal sealed class BounceEffect(SubscriberStore subscribers, Subscriptions subscriptions, ReturnedStore outbox, BounceStore bounces)
{
    public async Task<MailEffect> ActAsync(MailContext context)
    {
        if (context.About is not { Proof: Proof.BounceToken or Proof.Returned or Proof.ReplyToken or Proof.OurMessageId } about)
            return new MailEffect("bounce of nobody we know");
        if (await subscribers.FindAsync(context.Transaction, about.SubscriberId) is not { } subscriber)
            return new MailEffect("bounce of somebody who is gone");
        var failed = context.Explanation.Recipients.Where(recipient => recipient.Action == DeliveryAction.Failed).ToList();
        if (failed.Count == 0)
            return new MailEffect("delay recorded");
        var worst = failed.Find(recipient => IsHardFor(recipient, subscriber)) ?? failed[0];
        var hard = IsHardFor(worst, subscriber);
        await outbox.BounceAsync(context.Transaction, subscriber.Id, about.IssueId, about.MessageId, Answer(worst), context.Now);
        var day = DateOnly.FromDateTime(context.Now.UtcDateTime);
        await bounces.AddAsync(context.Transaction, new BounceRow(subscriber.Id, day, hard ? "hard" : "soft", worst.Reason, worst.Status,
            hard || BounceScore.Counts(worst.Reason) ? 1 : 0, AddressText.Domain(subscriber.Email), context.Now));
        if (hard)
        {
            await subscriptions.SuppressAsync(context.Transaction, subscriber.Id, "bounced", Answer(worst));
            return new MailEffect("hard bounce: suppressed");
        }
        if (!BounceScore.Counts(worst.Reason))
            return new MailEffect("bounce about us");
        var score = BounceScore.Of(await bounces.SoftDaysAsync(context.Transaction, subscriber.Id), day);
        if (score < BounceScore.SuppressAt)
            return new MailEffect("soft bounce");
        await subscriptions.SuppressAsync(context.Transaction, subscriber.Id, "bounced", $"{score} soft bounces: {Answer(worst)}");
        return new MailEffect("soft bounces: suppressed");
    }

    /// <summary>A forwarder's dead end is not the reader's: hard is only what is said of the address that we wrote to.</summary>
    private static bool IsHardFor(BouncedRecipient recipient, Subscriber subscriber) =>
        recipient.Severity == Severity.Hard && (recipient.Address is null || recipient.Address.Equals(subscriber.Email, StringComparison.OrdinalIgnoreCase));

    private static string Answer(BouncedRecipient recipient) => HeaderFields.OneLine($"{recipient.Status} {recipient.Reason}: {recipient.Diagnostic}".Trim());
}
