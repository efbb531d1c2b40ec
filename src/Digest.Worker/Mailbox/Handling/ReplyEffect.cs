using Digest.Worker.Mailbox.Answering;
using Digest.Worker.Mailbox.Commanding;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>A human's mail: who may ask, and what is done then.</summary>
internal sealed class ReplyEffect(SubscriberStore subscribers, Subscriptions subscriptions, CommandDesk desk, SubscribeByMail newcomers, AnswerDesk answers)
{
    public async Task<MailEffect> ActAsync(MailContext context)
    {
        if (context.About is not { Proof: not (Proof.BounceToken or Proof.Returned) } about)
            return await newcomers.ActAsync(context);
        if (await subscribers.FindAsync(context.Transaction, about.SubscriberId) is not { } subscriber)
            return new MailEffect("left: somebody who is gone");
        // Whoever has no subscription, or none yet, may ask for one without any proof: what follows is a question to that address.
        if (about.Proof == Proof.Claimed && subscriber.State is (SubscriberState.Pending or SubscriberState.Unsubscribed))
            return await newcomers.ActAsync(context);
        if (about.Proof == Proof.Claimed)
            return await AskAsync(context, subscriber, "claimed");
        if (!about.AnswersLetter && about.Proof != Proof.Authenticated && !subscriber.Email.Equals(context.Mail.From, StringComparison.OrdinalIgnoreCase))
            return await AskAsync(context, subscriber, "stranger");
        if (subscriber.State == SubscriberState.Pending)
            return await ConfirmAsync(context, subscriber);
        if (context.Explanation.Commands is [_, ..] commands && commands.All(command => command.Verb == CommandVerb.Confirm))
            return new MailEffect("left: nothing to confirm");
        if (context.Explanation.Commands.Count > 0)
            return await desk.ObeyAsync(context, subscriber);
        return context.Explanation.IsUnclear ? await UnclearAsync(context, subscriber) : new MailEffect("left: no words");
    }

    /// <summary>Nothing is done; the reader, and nobody else, is asked whether it was them. What is no command is nobody's business.</summary>
    private async Task<MailEffect> AskAsync(MailContext context, Subscriber subscriber, string why)
    {
        var known = subscriber.State is SubscriberState.Active or SubscriberState.Paused;
        if (context.Explanation.Commands is not [var command, ..] || !known)
            return new MailEffect($"left: {why}");
        var line = Sentences.For(subscriber.Language).Say(why, AnswerDesk.Quote(command.Text));
        var answered = await answers.AnswerAsync(context, subscriber, AnswerDesk.Daily(context, why), [line]);
        return new MailEffect($"asked back: {why}", answered);
    }

    private async Task<MailEffect> ConfirmAsync(MailContext context, Subscriber subscriber)
    {
        if (context.Explanation.Commands.Any(command => command.Verb is CommandVerb.Unsubscribe or CommandVerb.Erase))
            return await desk.ObeyAsync(context, subscriber);
        if (context.Explanation.IsUnclear || context.Explanation.Commands.Any(command => command.Verb is not (CommandVerb.Confirm or CommandVerb.Subscribe or CommandVerb.Resume)))
            return new MailEffect("left: no confirmation");
        var outcome = await subscriptions.ConfirmAsync(context.Transaction, subscriber.Id, "mail");
        return new MailEffect(outcome.Done ? "confirmed" : "left: no confirmation", outcome.Done);
    }

    private async Task<MailEffect> UnclearAsync(MailContext context, Subscriber subscriber)
    {
        var say = Sentences.For(subscriber.Language);
        var answered = await answers.AnswerAsync(context, subscriber, AnswerDesk.Daily(context, "unclear"), [say.Offer("unclear")]);
        return new MailEffect("unclear", answered);
    }
}
