using System.CommandLine;
using System.Globalization;
using CsvHelper;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary><c>subscriber export [FILE]</c>: the same CSV form that import reads. Those who left are not in it.</summary>
internal static class SubscriberExportVerb
{
    public static Command Create(VerbContext context)
    {
        var file = new Argument<FileInfo?>("file") { Description = "Where to; without it: standard output.", Arity = ArgumentArity.ZeroOrOne };
        var email = new Option<string?>("--email") { Description = "All that we know of this one subscriber, as JSON.", HelpName = "EMAIL" };
        var command = new Command("export", "Export active and paused subscribers as CSV; or all that is known of one.") { file, email };
        command.SetAction((parsed, ct) => context.RunAsync(parsed, async (services, token) =>
        {
            var path = parsed.GetValue(file);
            await using var writer = path is null ? new StreamWriter(Console.OpenStandardOutput()) : new StreamWriter(path.FullName);
            if (parsed.GetValue(email) is { } one)
                return await SubscriberRightsVerb.ExportAsync(services, one, writer, token);
            var count = await WriteAsync(services, writer, token);
            if (path is not null)
                Console.WriteLine($"{count} exported to {path}.");
            return ExitCode.Ok;
        }, ct));
        return command;
    }

    private static async Task<int> WriteAsync(IServiceProvider services, TextWriter writer, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(writer, SubscriberCsv.Configuration() with { NewLine = "\n" });
        foreach (var column in SubscriberCsv.Columns)
            csv.WriteField(column);
        await csv.NextRecordAsync();
        var count = 0;
        await foreach (var subscriber in SubscriberVerb.All(services, cancellationToken))
        {
            if (subscriber.State is not (SubscriberState.Active or SubscriberState.Paused))
                continue;
            foreach (var cell in new[]
            {
                subscriber.Email, subscriber.Name ?? "", subscriber.Language, subscriber.Timezone, subscriber.Cadence.ToString(),
                subscriber.Hour.ToString(CultureInfo.InvariantCulture), subscriber.Cap.ToString(CultureInfo.InvariantCulture), SubscriberCsv.JoinInterests(subscriber.Interests),
            })
                csv.WriteField(SubscriberCsv.Defused(cell));
            await csv.NextRecordAsync();
            count++;
        }
        return count;
    }
}
