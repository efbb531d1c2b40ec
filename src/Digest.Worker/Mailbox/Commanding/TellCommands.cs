using Digest.Worker.Mailbox.Understanding.Commands;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Commands that only tell something. A "yes" beside other commands shows what stands.</summary>
internal sealed class TellCommands : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb is CommandVerb.Show or CommandVerb.Help or CommandVerb.Confirm;

    public Task<CommandResult> ActAsync(CommandContext context, MailCommand command) =>
        Task.FromResult(command.Verb == CommandVerb.Help ? CommandResult.Told(context.Say.Say("help"), context.Say.Say("commands")) : Show(context));

    private static CommandResult Show(CommandContext context)
    {
        var reader = context.Subscriber;
        var interests = reader.Interests.Count > 0 ? string.Join(" · ", reader.Interests) : context.Say.Say("no-interests");
        return CommandResult.Told(context.Say.Say("show", reader.Email, reader.Cadence, reader.Hour, reader.Timezone, reader.Cap, interests));
    }
}
