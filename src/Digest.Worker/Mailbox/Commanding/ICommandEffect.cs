using Digest.Worker.Mailbox.Answering;
using Digest.Worker.Mailbox.Handling;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Does what some of the commands ask for, with full authority.</summary>
internal interface ICommandEffect
{
    bool Does(CommandVerb verb);

    Task<CommandResult> ActAsync(CommandContext context, MailCommand command);
}

/// <param name="Subscriber">As they are before this command.</param>
internal sealed record CommandContext(MailContext Mail, Subscriber Subscriber, Sentences Say)
{
    /// <summary>Tells why it was not done.</summary>
    public CommandResult Refused(Outcome outcome) => CommandResult.Told(Say.Say("refused", string.Join("; ", outcome.Problems.Select(problem => Wording.In(Subscriber.Language, problem)))));
}

/// <param name="Lines">What the answer tells.</param>
/// <param name="Changed">Something was changed that "undo" takes back.</param>
internal sealed record CommandResult(IReadOnlyList<string> Lines, bool Changed)
{
    public static CommandResult Done(params string[] lines) => new(lines, true);

    public static CommandResult Told(params string[] lines) => new(lines, false);
}
