using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Adds and drops interests, each a line of the profile.</summary>
internal sealed class ProfileCommands(Subscriptions subscriptions) : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb is CommandVerb.Add or CommandVerb.Drop;

    public async Task<CommandResult> ActAsync(CommandContext context, MailCommand command)
    {
        var asked = command.Argument ?? "";
        var interests = context.Subscriber.Interests;
        var same = interests.Where(interest => FoldedText.Fold(interest).Trim() == FoldedText.Fold(asked).Trim()).ToList();
        if (command.Verb == CommandVerb.Add && same.Count > 0)
            return CommandResult.Told(context.Say.Say("known", same[0]));
        if (command.Verb == CommandVerb.Drop && same.Count == 0)
            return CommandResult.Told(context.Say.Say("no-interest", asked), Now(context, interests));
        IReadOnlyList<string> wanted = command.Verb == CommandVerb.Add ? [.. interests, asked] : [.. interests.Except(same)];
        var outcome = await subscriptions.EditAsync(context.Mail.Transaction, context.Subscriber.Id, new SubscriberDraft { Interests = string.Join('\n', wanted) });
        return outcome.Done
            ? CommandResult.Done(context.Say.Say(command.Verb == CommandVerb.Add ? "added" : "dropped", asked), Now(context, outcome.Subscriber!.Interests))
            : context.Refused(outcome);
    }

    private static string Now(CommandContext context, IReadOnlyList<string> interests) =>
        context.Say.Say("interests", interests.Count > 0 ? string.Join(" · ", interests) : context.Say.Say("no-interests"));
}
