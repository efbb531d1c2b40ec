using Digest.Worker.Mailbox.Answering;
using Digest.Worker.Mailbox.Handling;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Bounces;
using Digest.Worker.Subscribers.Own;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>
/// Obeys a reader's commands, in their order, and answers once: what was understood, what changed, how to take it back.
/// An unsubscribe wins over everything else in the mail and is confirmed by its own short letter.
/// </summary>
internal sealed class CommandDesk(IEnumerable<ICommandEffect> effects, ChangeStore changes, Subscriptions subscriptions, SubscriberStore subscribers, BounceStore bounces, OutboxStore outbox, AnswerDesk answers)
{
    public async Task<MailEffect> ObeyAsync(MailContext context, Subscriber subscriber)
    {
        var commands = context.Explanation.Commands;
        if (commands.Any(command => command.Verb == CommandVerb.Unsubscribe))
            return await UnsubscribeAsync(context, subscriber);
        if (commands.Any(command => command.Verb == CommandVerb.Erase))
            return await EraseAsync(context, subscriber);
        var language = LanguageOf(commands, subscriber);
        var say = Sentences.For(language);
        var lines = new List<string>();
        var changed = false;
        var now = subscriber;
        foreach (var command in commands)
        {
            lines.Add(say.Say("asked", AnswerDesk.Quote(command.Text)));
            var result = await ActAsync(new CommandContext(context, now, say), command);
            lines.AddRange(result.Lines);
            changed |= result.Changed;
            now = await subscribers.FindAsync(context.Transaction, subscriber.Id) ?? now;
        }
        if (changed)
        {
            await changes.AddAsync(context.Transaction, subscriber, context.Now);
            lines.Add(say.Say("undo"));
        }
        var answered = await answers.AnswerAsync(context, now with { Language = language }, context.Key, lines);
        return new MailEffect($"obeyed: {string.Join(", ", commands.Select(command => command.Name).Distinct())}", answered);
    }

    private Task<CommandResult> ActAsync(CommandContext context, MailCommand command) =>
        effects.FirstOrDefault(effect => effect.Does(command.Verb)) is { } effect
            ? effect.ActAsync(context, command)
            : Task.FromResult(CommandResult.Told(context.Say.Say("not-here", AnswerDesk.Quote(command.Text))));

    // Their own language, unless they wrote in another: "pause" is a word of several.
    private static string LanguageOf(IReadOnlyList<MailCommand> commands, Subscriber subscriber) =>
        commands.Any(command => CommandGrammar.IsSaidIn(subscriber.Language, command)) ? subscriber.Language
        : commands.Select(command => command.Language).FirstOrDefault(language => language is not null) ?? subscriber.Language;

    private async Task<MailEffect> UnsubscribeAsync(MailContext context, Subscriber subscriber)
    {
        var outcome = await subscriptions.UnsubscribeAsync(context.Transaction, subscriber.Id, confirm: true);
        if (!outcome.Done)
            return new MailEffect("unsubscribed already");
        if (subscriber.State is SubscriberState.Active or SubscriberState.Paused)
            await changes.AddAsync(context.Transaction, subscriber, context.Now);
        return new MailEffect("unsubscribed", Answered: true);
    }

    /// <summary>
    /// The person is forgotten but for a keyed hash, so that no import brings them back. The one letter that says so is put in last
    /// and loses the address when it is sent.
    /// </summary>
    private async Task<MailEffect> EraseAsync(MailContext context, Subscriber subscriber)
    {
        var language = LanguageOf(context.Explanation.Commands, subscriber);
        await subscriptions.EraseAsync(context.Transaction, subscriber);
        await bounces.ForgetAsync(context.Transaction, subscriber.Id);
        var answered = await answers.AnswerAsync(context, subscriber with { Profile = "", Name = null, NextDueAt = null, Language = language }, context.Key, [Sentences.For(language).Say("erased")]);
        await outbox.ForgetWhenSettledAsync(context.Transaction, subscriber.Id);
        return new MailEffect("erased", answered);
    }
}
