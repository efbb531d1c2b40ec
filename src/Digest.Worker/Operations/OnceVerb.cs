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
        var lines = new List<string>();
        var good = await Terminal.WithProgressAsync("One round", async progress =>
        {
            // First the mailbox: what readers asked for by mail holds already for this round.
            var mail = await services.GetRequiredService<MailboxRun>().RunAsync(cancellationToken);
            progress(0.1);
            var harvest = await services.GetRequiredService<Harvest>().RunAsync(cancellationToken);
            progress(0.4);
            var composed = await services.GetRequiredService<ComposeIssues>().RunAsync(cancellationToken);
            progress(0.7);
            var delivered = await services.GetRequiredService<DeliveryRun>().RunAsync(cancellationToken);
            progress(1);
            lines.AddRange(Tell(mail));
            lines.AddRange(Tell(harvest));
            lines.Add($"compose  {composed.Composed} issues with {composed.Papers} papers; {composed.Empty} subscribers had nothing");
            lines.Add($"deliver  {delivered}");
            return mail.Trouble is null && !harvest.AnyFailed && delivered.Stopped is null;
        });
        lines.ForEach(Console.WriteLine);
        return good ? ExitCode.Ok : ExitCode.Failed;
    }

    private static IEnumerable<string> Tell(MailboxReport mail)
    {
        if (mail.Read > 0)
            yield return $"mailbox  {mail.Read} read: {string.Join(", ", mail.Effects.Select(effect => $"{effect.Value} {effect.Key}"))}";
        if (mail.Trouble is { } trouble)
            yield return $"mailbox  FAILED: {trouble}";
    }

    private static IEnumerable<string> Tell(HarvestReport harvest) => harvest.Sources.Count == 0
        ? ["harvest  no source is set: name one under Papers:Sources"]
        : harvest.Sources.Select(source => source.Failure is { } failure
            ? $"harvest  {source.Source}: FAILED: {failure}"
            : $"harvest  {source.Source}: {source.NewPapers} new of {source.Entries}, {source.SetAside} set aside");
}
