using System.CommandLine;
using System.Globalization;
using Digest.Worker.Mailbox;

namespace Digest.Worker.Operations;

/// <summary><c>mailbox run</c> reads the mailbox now; <c>mailbox status</c> tells what came back in the last seven days.</summary>
internal static class MailboxVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("mailbox", "What comes back by mail.");
        command.Subcommands.Add(Run(context));
        command.Subcommands.Add(Status(context));
        return command;
    }

    private static Command Run(VerbContext context)
    {
        var command = new Command("run", "Read the mailbox now.");
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, token) =>
        {
            var report = await services.GetRequiredService<MailboxRun>().RunAsync(token);
            Console.WriteLine($"{report.Read} mails read, {report.Known} known already, {report.SetAside} set aside.");
            foreach (var (effect, count) in report.Effects.OrderByDescending(entry => entry.Value))
                Console.WriteLine($"{count,6}  {effect}");
            if (report.Trouble is { } trouble)
                await Console.Error.WriteLineAsync($"The mailbox could not be read to its end: {trouble}");
            return report.Trouble is null ? ExitCode.Ok : ExitCode.Failed;
        }, cancellationToken));
        return command;
    }

    private static Command Status(VerbContext context)
    {
        var command = new Command("status", "What came back in the last seven days; exit code 1 when the complaint rate is an alarm.");
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, token) =>
        {
            var status = await services.GetRequiredService<MailboxStatusStore>().ReadAsync(services.GetRequiredService<TimeProvider>().GetUtcNow(), token);
            Write(status);
            return status.IsAlarm ? ExitCode.Failed : ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static void Write(MailboxStatus status)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Since {status.Since:yyyy-MM-dd HH:mm} UTC"));
        foreach (var effect in status.Effects)
            Console.WriteLine($"{effect.Count,8}  {effect.Kind,-10} {effect.Effect}");
        Console.WriteLine($"{status.Failing,8}  mails could not be handled");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Complaints: {status.Complaints} of {status.Sent} issues ({100 * status.ComplaintRate:0.000} %){(status.IsAlarm ? "  ALARM: over 0.1 %" : "")}"));
        if (status.Domains.Count > 0)
            Console.WriteLine($"{"domain",-40} {"sent",8} {"hard",6} {"soft",6} {"about us",9} {"complaints",11}");
        foreach (var domain in status.Domains)
            Console.WriteLine($"{domain.Domain,-40} {domain.Sent,8} {domain.Hard,6} {domain.Soft,6} {domain.AboutUs,9} {domain.Complaints,11}");
        if (status.Unclear.Count > 0)
            Console.WriteLine("Not understood, to be read by a human:");
        foreach (var mail in status.Unclear)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {mail.ReceivedAt:yyyy-MM-dd HH:mm}  subscriber {mail.SubscriberId}  {mail.Reference}"));
    }
}
