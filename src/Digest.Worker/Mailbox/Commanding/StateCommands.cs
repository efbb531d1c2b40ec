using Digest.Worker.Mailbox.Answering;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>Pauses and resumes.</summary>
internal sealed class StateCommands(Subscriptions subscriptions) : ICommandEffect
{
    private const int MostDays = 366;

    public bool Does(CommandVerb verb) => verb is CommandVerb.Pause or CommandVerb.Resume or CommandVerb.Subscribe;

    public Task<CommandResult> ActAsync(CommandContext context, MailCommand command) => command.Verb == CommandVerb.Pause ? PauseAsync(context, command) : ResumeAsync(context);

    private async Task<CommandResult> PauseAsync(CommandContext context, MailCommand command)
    {
        var zone = context.Subscriber.Zone;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Mail.Now, zone).DateTime);
        var until = command.Date is { } date ? date.After(today)
            : command.Days is { } days ? today.AddDays(Math.Min(days, MostDays))
            : command.Day is { } weekday ? today.AddDays(((int)weekday - (int)today.DayOfWeek + 6) % 7 + 1)
            : (DateOnly?)null;
        var moment = until is { } day ? Slot.Begins(day, zone) : (DateTimeOffset?)null;
        var outcome = await subscriptions.PauseAsync(context.Mail.Transaction, context.Subscriber.Id, moment, null);
        if (!outcome.Done)
            return context.Refused(outcome);
        return CommandResult.Done(until is { } last ? context.Say.Say("paused", context.Say.Date(last)) : context.Say.Say("paused-open"), Before(context));
    }

    private async Task<CommandResult> ResumeAsync(CommandContext context)
    {
        var outcome = await subscriptions.ResumeAsync(context.Mail.Transaction, context.Subscriber.Id, "mail");
        return outcome.Done
            ? CommandResult.Done(context.Say.Say("resumed", NextIssue(context.Say, outcome.Subscriber!)), Before(context))
            : context.Refused(outcome);
    }

    private static string Before(CommandContext context) => context.Say.Say("before", context.Say.State(context.Subscriber));

    internal static string NextIssue(Sentences say, Subscriber subscriber) => subscriber.NextDueAt is { } due ? say.Date(due, subscriber.Zone) : "-";
}
