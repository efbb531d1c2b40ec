using System.CommandLine;
using System.Globalization;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Mailbox;
using Digest.Worker.Papers;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary>
/// <c>demo</c>: the real pipeline on bundled sample papers and four sample subscribers, in a folder of its own; then one of them
/// replies "unsubscribe" and is obeyed.
/// </summary>
internal static class DemoVerb
{
    // The sample papers were announced on Friday, 20 November 2026; on the Monday after it every sample subscriber is due.
    private static readonly DateTimeOffset Sunday = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Monday = Sunday.AddDays(1).AddHours(2);

    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--folder") { Description = "Where the demo's database and mails go; emptied first if it is a demo's.", DefaultValueFactory = _ => new DirectoryInfo("demo") };
        var command = new Command("demo", "Run the whole day on sample papers: no network, no settings.") { folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(folder), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var place = new DemoFolder(folder);
        if (!place.Prepare())
        {
            await Console.Error.WriteLineAsync($"{folder.FullName} is not empty and not a demo's folder: name another one with --folder.");
            return ExitCode.Failed;
        }
        var clock = new PretendedTime(Sunday);
        await using var app = DigestHost.Build(clock, place.Settings);
        var services = app.Services;
        await services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
        await SubscriberImportVerb.ImportAsync(services, place.Subscribers, null, _ => { }, cancellationToken);

        clock.MoveTo(Monday);
        var harvest = await services.GetRequiredService<Harvest>().RunAsync(cancellationToken);
        Console.WriteLine($"{harvest.NewPapers} papers harvested.");
        await services.GetRequiredService<ComposeIssues>().RunAsync(cancellationToken);
        var delivered = await services.GetRequiredService<DeliveryRun>().RunAsync(cancellationToken);
        Console.WriteLine($"Issues delivered: {delivered}.\n");
        await ShowAsync(services, cancellationToken);

        var mails = place.ReadMails();
        Console.WriteLine($"\nThe mails, as .eml for a mail reader and as .html for a browser, are in\n  {place.Pickup}\n(Their links to pages of ours lead nowhere: the demo has no site.)");
        var leaving = mails.First(mail => mail.Recipient.StartsWith("jules@", StringComparison.Ordinal));
        Console.WriteLine($"\nNow {leaving.Recipient} replies \"unsubscribe\", with the whole issue quoted below it ...");
        place.Reply(leaving, "unsubscribe", clock.GetUtcNow());
        clock.MoveTo(Monday.AddMinutes(10));
        await services.GetRequiredService<MailboxRun>().RunAsync(cancellationToken);
        await services.GetRequiredService<DeliveryRun>().RunAsync(cancellationToken);
        place.ReadMails();
        var after = await services.GetRequiredService<SubscriberStore>().FindByAddressAsync(leaving.Recipient, cancellationToken);
        var obeyed = after?.State == SubscriberState.Unsubscribed;
        Console.WriteLine(obeyed ? "... and is unsubscribed; the short mail that says so lies beside the others." : $"... but is {after?.State}: that is a fault.");
        return obeyed && delivered.Sent == 4 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task ShowAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<string>>();
        await foreach (var subscriber in SubscriberVerb.All(services, cancellationToken))
        {
            var issue = (await services.GetRequiredService<IssueStore>().NewestAsync(subscriber.Id, cancellationToken))!;
            var why = issue.Choices.Count == 0 ? "-" : issue.Trending ? "trending: no interests were given" : $"\"{issue.Choices[0].Reason.Interest}\" in the {issue.Choices[0].Reason.Field}";
            rows.Add([subscriber.Email, Text(issue.Receipt.Matched), Text(issue.Receipt.Sent), why]);
        }
        Terminal.Table(["subscriber", "matched", "sent", "why the first paper"], rows);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
