using System.CommandLine;
using System.Globalization;
using Digest.Worker.Delivery;
using Digest.Worker.Health;

namespace Digest.Worker.Operations;

/// <summary><c>stats</c>: the last days as rows of bars; <c>--html FILE</c>: the same as a page with plots.</summary>
internal static class StatsVerb
{
    private const int MostLetters = 30;

    public static Command Create(VerbContext context)
    {
        var days = new Option<int>("--days") { Description = "How many days back, 2 to 400.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page with plots, complete in one file.", HelpName = "FILE" };
        var command = new Command("stats", "The last days in figures: deliveries, bounces, unsubscribes, matches, harvests.") { days, html };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, async (services, token) =>
        {
            var statistics = await services.GetRequiredService<StatisticsStore>().ReadAsync(services.GetRequiredService<TimeProvider>().GetUtcNow(), Math.Clamp(parsed.GetValue(days), 2, 400), token);
            Write(statistics);
            if (parsed.GetValue(html) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, StatsPage.Write(statistics, services.GetRequiredService<SenderOptions>().Name), token);
                Console.WriteLine($"The page is {file.FullName}.");
            }
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static void Write(Statistics all)
    {
        // As wide as the longest source's name, within reason.
        var width = all.Batches.Select(batch => Math.Min(batch.Source.Length, MostLetters)).Append(16).Max();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.First:yyyy-MM-dd} to {all.First.AddDays(all.Sent.Count - 1):yyyy-MM-dd}; subscribers: {string.Join(", ", all.Subscribers.Select(figure => $"{figure.Value} {figure.Name}").DefaultIfEmpty("none"))}"));
        Row("issues sent", width, all.Sent);
        Row("bounces", width, all.Bounced);
        Row("complaints", width, all.Complaints);
        Row("unsubscribed", width, all.Unsubscribed);
        Row("new papers", width, all.Papers);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"papers an issue".PadRight(width)} {Sparkline.Of(all.MatchesPerIssue)} {all.MatchesOnAverage,9:0.0} on average"));
        foreach (var source in all.Batches.GroupBy(batch => batch.Source))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Short(source.Key).PadRight(width)} {Harvests(all, source)} {source.Count(batch => batch.State == "whole"),9} of {source.Count(batch => batch.State != "holiday")} days whole"));
        Console.WriteLine("In the harvests: █ whole, ▄ partial, x missing, · nothing due.");
    }

    private static void Row(string name, int width, IReadOnlyList<long> values) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(width)} {Sparkline.Of(values.Select(value => (double)value))} {values.Sum(),9} in all{(values.Max() > 0 ? $", at most {values.Max()} a day" : "")}"));

    private static string Harvests(Statistics all, IEnumerable<BatchDay> source)
    {
        var states = source.ToDictionary(batch => batch.Day, batch => batch.State);
        return string.Concat(Enumerable.Range(0, all.Sent.Count).Select(day => states.GetValueOrDefault(all.First.AddDays(day)) switch
        {
            "whole" => '█',
            "partial" => '▄',
            null or "holiday" => '·',
            _ => 'x',
        }));
    }

    private static string Short(string name) => name.Length <= MostLetters ? name : name[..(MostLetters - 1)] + "…";
}
