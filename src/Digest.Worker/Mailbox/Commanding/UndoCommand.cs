using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers.Own;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Takes the last change back, also an unsubscribe.</summary>
internal sealed class UndoCommand(TakeBack takeBack) : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb == CommandVerb.Undo;

    public async Task<CommandResult> ActAsync(CommandContext context, MailCommand command) =>
        await takeBack.LastAsync(context.Mail.Transaction, context.Subscriber, context.Mail.Now, "mail: undo") is { } now
            ? CommandResult.Told(context.Say.Say("undone"), context.Say.Say("now", TellCommands.Describe(context.Say, now)))
            : CommandResult.Told(context.Say.Say("nothing-to-undo"));
}
