using System.Globalization;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>How often, at what hour, how many.</summary>
internal sealed class CalendarCommands(Subscriptions subscriptions) : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb is CommandVerb.Daily or CommandVerb.Weekdays or CommandVerb.Weekly or CommandVerb.Hour or CommandVerb.Cap;

    public async Task<CommandResult> ActAsync(CommandContext context, MailCommand command)
    {
        var before = context.Subscriber;
        var outcome = await subscriptions.EditAsync(context.Mail.Transaction, before.Id, Draft(command, before));
        if (!outcome.Done)
            return context.Refused(outcome);
        var after = outcome.Subscriber!;
        var lines = new List<string>();
        if (after.Cadence != before.Cadence)
            lines.Add(context.Say.Say("cadence", context.Say.Cadence(before.Cadence), context.Say.Cadence(after.Cadence)));
        if (after.Hour != before.Hour)
            lines.Add(context.Say.Say("hour", before.Hour, after.Hour, after.Timezone));
        if (after.Cap != before.Cap)
            lines.Add(context.Say.Say("cap", before.Cap, after.Cap));
        return lines.Count > 0 ? new CommandResult(lines, true) : CommandResult.Told(Unchanged(context, command, after));
    }

    private static SubscriberDraft Draft(MailCommand command, Subscriber before)
    {
        var number = command.Numbers.Count > 0 ? command.Numbers[0].ToString(CultureInfo.InvariantCulture) : null;
        return command.Verb switch
        {
            CommandVerb.Daily => new SubscriberDraft { Cadence = "daily" },
            CommandVerb.Weekdays => new SubscriberDraft { Cadence = "weekdays" },
            CommandVerb.Weekly => new SubscriberDraft { Cadence = $"weekly:{(command.Day ?? before.Cadence.Day ?? DayOfWeek.Monday).ToString().ToLowerInvariant()}", Hour = number },
            CommandVerb.Hour => new SubscriberDraft { Hour = number },
            _ => new SubscriberDraft { Cap = number },
        };
    }

    private static string Unchanged(CommandContext context, MailCommand command, Subscriber now) => command.Verb switch
    {
        CommandVerb.Hour => context.Say.Say("hour", now.Hour, now.Hour, now.Timezone),
        CommandVerb.Cap => context.Say.Say("cap", now.Cap, now.Cap),
        _ => context.Say.Say("cadence", context.Say.Cadence(now.Cadence), context.Say.Cadence(now.Cadence)),
    };
}
