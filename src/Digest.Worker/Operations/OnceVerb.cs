using System.CommandLine;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Mailbox;
using Digest.Worker.Papers;

namespace Digest.Worker.Operations;

/// <summary><c>once</c>: one whole round without the schedule: read the mailbox, harvest, compose all due, deliver until nothing is due.</summary>
internal static class OnceVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("once", "Harvest, compose all that is due, deliver until nothing is due, and exit.");
        command.SetAction((parsed, ct) => context.RunAsync(parsed, RunAsync, ct));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // What readers asked for by mail holds already for this round.
        var mail = await services.GetRequiredService<MailboxRun>().RunAsync(cancellationToken);
        var harvest = await services.GetRequiredService<Harvest>().RunAsync(cancellationToken);
        foreach (var source in harvest.Sources)
            Console.WriteLine(source.Failure is { } failure
                ? $"harvest  {source.Source}: FAILED: {failure}"
                : $"harvest  {source.Source}: {source.NewPapers} new of {source.Entries}, {source.SetAside} set aside");
        var composed = await services.GetRequiredService<ComposeIssues>().RunAsync(cancellationToken);
        Console.WriteLine($"compose  {composed.Composed} issues with {composed.Papers} papers; {composed.Empty} subscribers had nothing");
        var delivered = await services.GetRequiredService<DeliveryRun>().RunAsync(cancellationToken);
        Console.WriteLine($"deliver  {delivered}");
        if (mail.Read > 0)
            Console.WriteLine($"mailbox  {mail.Read} read: {string.Join(", ", mail.Effects.Select(effect => $"{effect.Value} {effect.Key}"))}");
        if (mail.Trouble is { } trouble)
            Console.WriteLine($"mailbox  FAILED: {trouble}");
        return harvest.AnyFailed || mail.Trouble is not null || delivered.Stopped is not null ? ExitCode.Failed : ExitCode.Ok;
    }
}
