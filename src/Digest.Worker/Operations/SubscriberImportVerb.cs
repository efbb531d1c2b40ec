using System.CommandLine;
using System.Data.Common;
using CsvHelper;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary><c>subscriber import FILE.csv</c>: every good line is taken, every refused one is told with its number and reason.</summary>
internal static class SubscriberImportVerb
{
    private const int PerTransaction = 500;

    public static Command Create(VerbContext context)
    {
        var file = new Argument<FileInfo>("file") { Description = $"CSV with the header row {string.Join(',', SubscriberCsv.Columns)}; interests separated by ';'." };
        var welcome = new Option<bool>("--welcome") { Description = "Mail each of them a welcome." };
        var command = new Command("import", "Import subscribers from a CSV file.") { file, welcome };
        command.SetAction((parsed, ct) => context.RunAsync(parsed, async (services, token) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!path.Exists)
            {
                await Console.Error.WriteLineAsync($"{path} does not exist.");
                return ExitCode.Failed;
            }
            return await Terminal.WithProgressAsync($"Importing {path.Name}", progress =>
                ImportAsync(services, path, parsed.GetValue(welcome) ? MailKind.Welcome : null, progress, token));
        }, ct));
        return command;
    }

    internal static async Task<int> ImportAsync(IServiceProvider services, FileInfo file, MailKind? letter, Action<double> progress, CancellationToken cancellationToken)
    {
        var (database, subscriptions) = (services.GetRequiredService<Database>(), services.GetRequiredService<Subscriptions>());
        await using var stream = file.OpenRead();
        using var reader = new StreamReader(stream);
        await using var records = new CsvRecords(reader).ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        IReadOnlyList<string> header = await records.MoveNextAsync() ? [.. Cells(records.Current.Text).Select(cell => cell.ToLowerInvariant())] : [];
        if (!header.Contains("email"))
        {
            await Console.Error.WriteLineAsync($"{file.Name} line 1: no column 'email': the header row is {string.Join(',', SubscriberCsv.Columns)}.");
            return ExitCode.Failed;
        }
        foreach (var unknown in header.Where(column => !SubscriberCsv.Columns.Contains(column)))
            await Console.Error.WriteLineAsync($"{file.Name} line 1: the column '{unknown}' is not known and is left out.");

        var (added, refused) = (0, 0);
        for (var more = true; more;)
        {
            var lines = new List<(int Line, SubscriberDraft? Draft)>();
            while (lines.Count < PerTransaction && (more = await records.MoveNextAsync()))
                lines.Add((records.Current.Line, records.Current.Intact ? Draft(header, Cells(records.Current.Text)) : null));
            var refusals = new List<string>();
            added += await database.WriteAsync(transaction => AddAsync(transaction, subscriptions, lines, file.Name, letter, refusals), cancellationToken);
            refused += refusals.Count;
            foreach (var refusal in refusals)
                await Console.Error.WriteLineAsync(refusal);
            progress(file.Length == 0 ? 1 : (double)stream.Position / file.Length);
        }
        Console.WriteLine($"{added} imported, {refused} refused.");
        return refused == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<int> AddAsync(DbTransaction transaction, Subscriptions subscriptions, List<(int Line, SubscriberDraft? Draft)> lines, string file, MailKind? letter, List<string> refusals)
    {
        var added = 0;
        foreach (var (line, draft) in lines)
        {
            if (draft is null)
            {
                refusals.Add($"{file} line {line}: a quotation mark is not closed, or stands inside a cell: write it twice and put the cell in quotation marks.");
                continue;
            }
            var outcome = await subscriptions.AddAsync(transaction, draft, $"import {file}", letter);
            if (outcome.Done)
                added++;
            else
                refusals.Add($"{file} line {line}: {string.Join("; ", outcome.Problems)}.");
        }
        return added;
    }

    private static string[] Cells(string record)
    {
        using var parser = new CsvParser(new StringReader(record), SubscriberCsv.Configuration() with { BadDataFound = null });
        return parser.Read() ? parser.Record ?? [] : [];
    }

    private static SubscriberDraft Draft(IReadOnlyList<string> header, string[] cells)
    {
        var named = header.Zip(cells).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => SubscriberCsv.Armed(pair.Second));
        return new SubscriberDraft
        {
            Email = named.GetValueOrDefault("email", ""),
            Name = named.GetValueOrDefault("name"),
            Language = named.GetValueOrDefault("language"),
            Timezone = named.GetValueOrDefault("timezone"),
            Cadence = named.GetValueOrDefault("cadence"),
            Hour = named.GetValueOrDefault("hour"),
            Cap = named.GetValueOrDefault("cap"),
            Interests = named.GetValueOrDefault("interests") is { } interests ? SubscriberCsv.SplitInterests(interests) : null,
        };
    }
}
