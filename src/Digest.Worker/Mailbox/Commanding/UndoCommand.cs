using System.Globalization;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Takes the last change by mail back, also an unsubscribe.</summary>
internal sealed class UndoCommand(ChangeStore changes, Subscriptions subscriptions, SubscriberStore subscribers) : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb == CommandVerb.Undo;

    public async Task<CommandResult> ActAsync(CommandContext context, MailCommand command)
    {
        var transaction = context.Mail.Transaction;
        if (await changes.LastAsync(transaction, context.Subscriber.Id) is not { } change)
            return CommandResult.Told(context.Say.Say("nothing-to-undo"));
        await changes.UndoneAsync(transaction, change.Id);
        var before = change.Snapshot();
        await subscriptions.EditAsync(transaction, context.Subscriber.Id, new SubscriberDraft
        {
            Cadence = before.Cadence,
            Hour = before.Hour.ToString(CultureInfo.InvariantCulture),
            Cap = before.Cap.ToString(CultureInfo.InvariantCulture),
            Interests = before.Profile,
        });
        if (before.State == SubscriberState.Paused && context.Subscriber.State == SubscriberState.Unsubscribed)
            await subscriptions.ResumeAsync(transaction, context.Subscriber.Id, "mail: undo");
        if (before.State == SubscriberState.Active && context.Subscriber.State is SubscriberState.Paused or SubscriberState.Unsubscribed)
            await subscriptions.ResumeAsync(transaction, context.Subscriber.Id, "mail: undo");
        else if (before.State == SubscriberState.Paused && (before.PausedUntil is null || before.PausedUntil > context.Mail.Now))
            await subscriptions.PauseAsync(transaction, context.Subscriber.Id, before.PausedUntil, null);
        var now = await subscribers.FindAsync(transaction, context.Subscriber.Id) ?? context.Subscriber;
        return CommandResult.Told(context.Say.Say("undone"), context.Say.Say("now", TellCommands.Describe(context.Say, now)));
    }
}
