using System.CommandLine;
using System.Globalization;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Operations;

/// <summary><c>papers status</c>: every source and day of the last weeks, and whether issues would be composed now.</summary>
internal static class PapersVerb
{
    public static Command Create(VerbContext context)
    {
        var days = new Option<int>("--days") { Description = "How many days back.", HelpName = "N", DefaultValueFactory = _ => 7 };
        var status = new Command("status", "Show what each source announced on each day, and whether it was all.") { days };
        status.SetAction((parsed, cancellationToken) => context.RunAsync(parsed, (services, token) => ShowAsync(services, parsed.GetValue(days), token), cancellationToken));
        return new Command("papers", "The papers and their sources.") { status };
    }

    private static async Task<int> ShowAsync(IServiceProvider services, int days, CancellationToken cancellationToken)
    {
        var since = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).AddDays(-days);
        Write("source", "day", "state", "announced", "highest id", "detail");
        foreach (var batch in await services.GetRequiredService<BatchStore>().SinceAsync(since, cancellationToken))
            Write(batch.Source, batch.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), BatchStates.ToText(batch.State),
                batch.Announced.ToString(CultureInfo.InvariantCulture), batch.HighestId ?? "", batch.Detail);
        var verdict = await services.GetRequiredService<BatchReading>().VerdictAsync(cancellationToken);
        var count = await services.GetRequiredService<PaperStore>().CountAsync(cancellationToken);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} papers in all. Issues {(verdict.Ready ? "can be composed." : $"wait until {verdict.WaitUntil:yyyy-MM-dd HH:mm}Z.")}"));
        foreach (var gap in verdict.Gaps)
            Console.WriteLine($"{(verdict.Ready ? "ALARM" : "waiting")}: {gap.Source} of {gap.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} is {BatchStates.ToText(gap.State)}{(gap.Detail.Length > 0 ? $": {gap.Detail}" : "")}");
        return ExitCode.Ok;
    }

    private static void Write(string source, string day, string state, string announced, string highest, string detail) =>
        Console.WriteLine($"{source,-24} {day,-10} {state,-8} {announced,9} {highest,-12} {detail}".TrimEnd());
}
