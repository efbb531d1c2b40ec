using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Bounces;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>A reader who calls our mail spam gets no more of it. Reports of any other kind are recorded.</summary>
internal sealed class ComplaintEffect(SubscriberStore subscribers, Subscriptions subscriptions, BounceStore bounces)
{
    public async Task<MailEffect> ActAsync(MailContext context)
    {
        var feedback = context.Explanation.Feedback;
        if (!ComplaintRule.Suppresses(feedback))
            return new MailEffect($"report recorded: {feedback}");
        if (context.About is not { Proof: not (Proof.Claimed or Proof.Authenticated) } about || await subscribers.FindAsync(context.Transaction, about.SubscriberId) is not { } subscriber)
            return new MailEffect("complaint of nobody we know");
        await bounces.AddAsync(context.Transaction, new BounceRow(subscriber.Id, DateOnly.FromDateTime(context.Now.UtcDateTime), "complaint", feedback!, null, 0,
            AddressText.Domain(subscriber.Email), context.Now));
        await subscriptions.SuppressAsync(context.Transaction, about.SubscriberId, "complaint", feedback);
        return new MailEffect("complaint: suppressed");
    }
}
