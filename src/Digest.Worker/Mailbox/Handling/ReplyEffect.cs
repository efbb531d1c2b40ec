using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>A human's mail: who may ask, and what is done then.</summary>
internal sealed class ReplyEffect(SubscriberStore subscribers, Subscriptions subscriptions)
{
    public async Task<MailEffect> ActAsync(MailContext context)
    {
        if (context.About is not { Proof: Proof.ReplyToken or Proof.OurMessageId or Proof.Authenticated } about)
            return new MailEffect("left: nobody who may ask");
        if (await subscribers.FindAsync(context.Transaction, about.SubscriberId) is not { } subscriber)
            return new MailEffect("left: somebody who is gone");
        if (!about.AnswersLetter && !subscriber.Email.Equals(context.Mail.From, StringComparison.OrdinalIgnoreCase))
            return new MailEffect("left: written by somebody else");
        if (!context.Explanation.Commands.Any(command => command.Verb == CommandVerb.Unsubscribe))
            return new MailEffect("left: no command");
        var outcome = await subscriptions.UnsubscribeAsync(context.Transaction, subscriber.Id, confirm: true);
        return outcome.Done ? new MailEffect("unsubscribed", Answered: true) : new MailEffect("unsubscribed already");
    }
}
