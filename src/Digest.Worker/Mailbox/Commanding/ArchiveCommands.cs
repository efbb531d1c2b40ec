using Digest.Worker.Issues;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Commands about what was sent, and what was not: an issue once more, and why a paper was in none.</summary>
internal sealed class ArchiveCommands(ResendIssue resend, WhyNot whyNot) : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb is CommandVerb.Resend or CommandVerb.WhyNot;

    public Task<CommandResult> ActAsync(CommandContext context, MailCommand command) => command.Verb == CommandVerb.Resend ? ResendAsync(context, command) : WhyNotAsync(context, command);

    private async Task<CommandResult> ResendAsync(CommandContext context, MailCommand command)
    {
        var say = context.Say;
        if (context.Subscriber.State is not (SubscriberState.Active or SubscriberState.Paused))
            return CommandResult.Told(say.Say("no-issue"));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Mail.Now, context.Subscriber.Zone).DateTime);
        var day = command.Date?.Before(today);
        if (await resend.AskAsync(context.Mail.Transaction, context.Subscriber, context.Mail.About?.IssueId ?? 0, day, context.Mail.Now) is not var (sent, isNew))
            return CommandResult.Told(day is { } asked ? say.Say("no-issue-of", say.Date(asked)) : say.Say("no-issue"));
        return CommandResult.Told(say.Say(isNew ? "resent" : "resent-already", say.Date(sent)));
    }

    private async Task<CommandResult> WhyNotAsync(CommandContext context, MailCommand command)
    {
        var say = context.Say;
        var answer = await whyNot.AskAsync(context.Subscriber, command.Argument ?? "", CancellationToken.None);
        return CommandResult.Told(answer.Kind switch
        {
            WhyNotKind.Unknown => say.Say("not-known", answer.Title),
            WhyNotKind.Sent => say.Say("not-sent", answer.Title, say.Date(answer.Day!.Value)),
            WhyNotKind.Coming => say.Say("not-coming", answer.Title, answer.Interest),
            WhyNotKind.Passed => say.Say("not-passed", answer.Title, answer.Interest, context.Subscriber.Cap),
            WhyNotKind.KeptOut => say.Say("not-kept-out", answer.Title, answer.Interest),
            WhyNotKind.Trending => say.Say("not-trending", answer.Title),
            _ when answer.Missing.Count > 0 => say.Say("not-lacking", answer.Title, answer.Interest, string.Join(", ", answer.Missing)),
            _ => say.Say("not-fitting", answer.Title),
        });
    }
}
