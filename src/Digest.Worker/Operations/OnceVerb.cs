using System.CommandLine;
using System.Globalization;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Mailbox;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Operations;

/// <summary><c>once</c>: one whole round without the schedule: read the mailbox, harvest, compose all due, deliver until nothing is due.</summary>
internal static class OnceVerb
{
    private const int MostTurns = 10;

    public static Command Create(VerbContext context)
    {
        var now = new Option<bool>("--now") { Description = "Compose without what is late, as if Papers:Deadline had passed." };
        var command = new Command("once", "Harvest, compose all that is due once its papers are there, deliver until nothing is due, and exit.") { now };
        command.SetAction((parsed, ct) => context.RunAsync(parsed, (services, token) => RunAsync(services, parsed.GetValue(now), token), ct));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, bool atOnce, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var good = await Terminal.WithProgressAsync("One round", async progress =>
        {
            // First the mailbox: what readers asked for by mail holds already for this round.
            var mail = await services.GetRequiredService<MailboxRun>().RunAsync(cancellationToken);
            lines.AddRange(Tell(mail));
            progress(0.1);
            var harvest = await HarvestAsync(services.GetRequiredService<Harvest>(), lines, cancellationToken);
            progress(0.4);
            await ComposeAsync(services.GetRequiredService<ComposeIssues>(), atOnce, lines, cancellationToken);
            progress(0.7);
            var delivered = await services.GetRequiredService<DeliveryRun>().RunAsync(cancellationToken);
            progress(1);
            lines.Add($"deliver  {delivered}");
            return mail.Trouble is null && !harvest.AnyFailed && delivered.Stopped is null;
        });
        lines.ForEach(Console.WriteLine);
        return good ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>A source with more to give than fits into one run is asked again at once: there is no next tick.</summary>
    private static async Task<HarvestReport> HarvestAsync(Harvest useCase, List<string> lines, CancellationToken cancellationToken)
    {
        var harvest = await useCase.RunAsync(cancellationToken);
        lines.AddRange(Tell(harvest));
        for (var turn = 0; turn < MostTurns && harvest.GoesOn && !harvest.AnyFailed; turn++)
        {
            harvest = await useCase.GoOnAsync(harvest, cancellationToken);
            lines.AddRange(Tell(harvest));
        }
        return harvest;
    }

    /// <summary>As the service does: when the papers are all there, or their deadline has passed. Until then every slot stays due.</summary>
    private static async Task ComposeAsync(ComposeIssues useCase, bool atOnce, List<string> lines, CancellationToken cancellationToken)
    {
        var (verdict, composed) = atOnce ? (null, await useCase.RunAsync(cancellationToken)) : await useCase.WhenReadyAsync(cancellationToken);
        if (verdict is { Ready: false })
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"compose  waits until {verdict.WaitUntil:yyyy-MM-dd HH:mm}Z for {string.Join(", ", verdict.Gaps.Select(gap => $"{gap.Source} of {gap.Day:yyyy-MM-dd} ({BatchStates.ToText(gap.State)})"))}: run once again, or once --now to go without"));
        else
            lines.Add($"compose  {composed.Composed} issues with {composed.Papers} papers; {composed.Empty} subscribers had nothing");
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
            : $"harvest  {source.Source}: {source.NewPapers} new of {source.Entries}, {source.SetAside} set aside{(source.GoesOn ? ", and more to come" : "")}");
}
