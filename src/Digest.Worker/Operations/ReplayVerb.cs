using System.CommandLine;
using Digest.Worker.Delivery;

namespace Digest.Worker.Operations;

/// <summary><c>replay --date D [--to EMAIL] [--dry-run]</c>: queues the issues of a day again.</summary>
internal static class ReplayVerb
{
    public static Command Create(VerbContext context)
    {
        var date = new Option<DateOnly>("--date") { Description = "The day of the issues, in their readers' own zones.", HelpName = "YYYY-MM-DD", Required = true };
        var to = new Option<string?>("--to") { Description = "Only to this reader.", HelpName = "EMAIL" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would be sent." };
        var command = new Command("replay", "Send the issues of a day again: the same bytes under the same Message-ID.") { date, to, dryRun };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var dry = parsed.GetValue(dryRun);
            var report = await services.GetRequiredService<Replay>().RunAsync(parsed.GetValue(date), parsed.GetValue(to), dry, stopping);
            foreach (var (state, count) in report.Queued.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                Console.WriteLine($"{count} that were {state.Replace('_', ' ')} {(dry ? "would be" : "are")} queued again");
            foreach (var (count, why) in new[] { (report.Waiting, "on their way already, or withdrawn"), (report.Unwanted, "to readers who have left or paused"), (report.TakenBack, "taken back: their papers are in a later issue") })
                if (count > 0)
                    Console.WriteLine($"{count} left alone: {why}");
            if (report is { Queued.Count: 0, Waiting: 0, Unwanted: 0, TakenBack: 0 })
                Console.WriteLine("There is no such issue.");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }
}
