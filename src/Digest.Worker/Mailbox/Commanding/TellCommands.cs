using Digest.Worker.Mailbox.Answering;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Commands that only tell something. A "yes" beside other commands shows what stands.</summary>
internal sealed class TellCommands : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb is CommandVerb.Show or CommandVerb.Help or CommandVerb.Confirm;

    public Task<CommandResult> ActAsync(CommandContext context, MailCommand command) =>
        Task.FromResult(command.Verb == CommandVerb.Help ? CommandResult.Told(context.Say.Offer("help")) : Show(context));

    private static CommandResult Show(CommandContext context) => CommandResult.Told(Describe(context.Say, context.Subscriber));

    /// <summary>What stands: address, calendar, number, interests.</summary>
    public static string Describe(Sentences say, Subscriber reader) => say.Say("show", reader.Email, say.Cadence(reader.Cadence), reader.Hour, reader.Timezone, reader.Cap,
        reader.Interests.Count > 0 ? string.Join(" · ", reader.Interests) : say.Say("no-interests"));
}
