using System.CommandLine;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;

namespace Digest.Worker.Operations;

/// <summary><c>deliveries run|status|retry|drop|resume</c>: what the outbox holds, and what an operator may do with it.</summary>
internal static class DeliveriesVerb
{
    private const int Shown = 10;

    public static Command Create(VerbContext context) => new("deliveries", "What we owe to send: run, look, retry, drop.")
    {
        Run(context),
        Status(context),
        Move(context, "retry", "Queue mails again that bounced, expired, wait or hang in doubt.", "queued again",
            (store, state, id, now, cancellationToken) => store.RetryAsync(state, id, now, cancellationToken)),
        Move(context, "drop", "Give mails up that wait or hang in doubt.", "dropped",
            (store, state, id, now, cancellationToken) => store.DropAsync(state, id, now, cancellationToken)),
        Resume(context),
    };

    private static Command Resume(VerbContext context)
    {
        var domain = new Option<string?>("--domain") { Description = "Only the mails to this domain; without it all pauses end.", HelpName = "DOMAIN" };
        var command = new Command("resume", "End pauses before their time.") { domain };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var scope = parsed.GetValue(domain) is { } name ? RecipientDomain.Of(name) : null;
            var ended = await services.GetRequiredService<PauseStore>().EndAsync(scope, services.GetRequiredService<TimeProvider>().GetUtcNow(), stopping);
            Console.WriteLine($"{ended} pauses ended.");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Run(VerbContext context)
    {
        var command = new Command("run", "Deliver what is due now, then end.");
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var report = await services.GetRequiredService<DeliveryRun>().RunAsync(stopping);
            Console.WriteLine(report);
            return report.Stopped is null || stopping.IsCancellationRequested ? ExitCode.Ok : ExitCode.Failed;
        }, cancellationToken));
        return command;
    }

    private static Command Status(VerbContext context)
    {
        var command = new Command("status", "Counts per state and domain, and what is in doubt.");
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            var store = services.GetRequiredService<OutboxReportStore>();
            var states = await store.StatesAsync(stopping);
            if (states.Count == 0)
                Console.WriteLine("The outbox is empty.");
            foreach (var state in states)
                Console.WriteLine($"{state.State,-10} {state.Mails,9}  oldest {state.Oldest:yyyy-MM-dd HH:mm}");
            var domains = await store.DomainsAsync(Shown, stopping);
            if (domains.Count > 0)
                Console.WriteLine($"{Environment.NewLine}{"domain",-32} {"queued",8} {"deferred",8} {"in doubt",8} {"bounced",8}");
            foreach (var domain in domains)
                Console.WriteLine($"{Plain(domain.Domain),-32} {domain.Queued,8} {domain.Deferred,8} {domain.InDoubt,8} {domain.Bounced,8}");
            foreach (var pause in await services.GetRequiredService<PauseStore>().StandingAsync(services.GetRequiredService<TimeProvider>().GetUtcNow(), stopping))
                Console.WriteLine($"paused     {(pause.Scope.Length == 0 ? "everything" : pause.Scope)} until {pause.Until:HH:mm:ss} UTC: {Plain(pause.Reason)}");
            foreach (var state in new[] { OutboxState.InDoubt, OutboxState.Deferred, OutboxState.Bounced })
                foreach (var mail in await store.MailsAsync(state, Shown, stopping))
                    Console.WriteLine($"{OutboxStates.ToText(state),-10} mail {mail.Id} ({mail.Kind}) tried {mail.Attempts}, due {mail.DueAt:HH:mm:ss}: {Plain(mail.Answer ?? "no answer")}");
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Move(VerbContext context, string name, string description, string done, Func<OutboxReportStore, OutboxState, long?, DateTimeOffset, CancellationToken, Task<int>> move)
    {
        var state = new Option<OutboxState>("--state") { Description = "Mails of this state: Bounced, Deferred, Expired, InDoubt, Queued.", Required = true };
        var id = new Option<long?>("--mail") { Description = "One mail, by its number in status.", HelpName = "NUMBER" };
        var command = new Command(name, description) { state, id };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, stopping) =>
        {
            try
            {
                var moved = await move(services.GetRequiredService<OutboxReportStore>(), parsed.GetValue(state), parsed.GetValue(id), services.GetRequiredService<TimeProvider>().GetUtcNow(), stopping);
                Console.WriteLine($"{moved} mails {done}.");
                return ExitCode.Ok;
            }
            catch (InvalidOperationException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCode.Usage;
            }
        }, cancellationToken));
        return command;
    }

    // A server's words are somebody else's: nothing in them may move the terminal's cursor.
    private static string Plain(string text) => new([.. text.Take(120).Select(c => char.IsControl(c) ? ' ' : c)]);
}
