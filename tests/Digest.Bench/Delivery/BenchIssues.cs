using System.Globalization;
using System.Text.Json;
using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Papers;
using Digest.Worker.Storage;

namespace Digest.Bench.Delivery;

/// <summary>Papers of our own invention, the first of their database, and for each reader a stored choice of 20 of them, as composing would have left it.</summary>
internal static class BenchIssues
{
    public const int PapersAnIssue = 20;

    private const int Papers = 200;

    private static readonly string[] Words = "graph neural network learns to predict the structure of sparse α-helical proteins from noisy data with naïve priors and ∇-free search".Split(' ');
    private static readonly string[] Interests = ["protein structure", "graph neural networks", "sparse priors", "noisy data", "search without gradients"];

    public static async Task FillAsync(Database database, int readers, DateTimeOffset now)
    {
        var papers = await PapersAsync(database, now);
        var receipt = JsonSerializer.Serialize(new Receipt(1214, 186, PapersAnIssue, PapersAnIssue, 0, []));
        var choices = papers.SelectMany(paper => Interests.Select(interest => JsonSerializer.Serialize(Choice(Match(paper, interest))))).ToArray();
        foreach (var some in Enumerable.Range(1, readers).Chunk(2_000))
            await database.WriteAsync(async transaction =>
            {
                await using var command = transaction.Connection!.CreateCommand();
                command.Transaction = transaction;
                foreach (var reader in some)
                    await AddAsync(command, reader, receipt, choices, now);
            }, CancellationToken.None);
    }

    private static async Task AddAsync(System.Data.Common.DbCommand command, int reader, string receipt, string[] choices, DateTimeOffset now)
    {
        var email = Email(reader);
        var at = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var shown = new IssueReader(email, null, "en", [$"graphs of reader {reader}", .. Interests], "daily", 7, "UTC");
        var sql = new System.Text.StringBuilder();
        sql.Append(CultureInfo.InvariantCulture, $"insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at) values ({reader}, '{email}', '{email}', 'en', 'UTC', 'daily', 7, 20, '', 'active', '{at}');");
        var random = new Random(reader);
        var chosen = Enumerable.Range(0, Papers).ToArray();
        for (var position = 0; position < PapersAnIssue; position++)
        {
            var other = random.Next(position, Papers);
            (chosen[position], chosen[other]) = (chosen[other], chosen[position]);
        }
        var ids = string.Join(',', chosen.Take(PapersAnIssue).Select(paper => paper + 1));
        var stored = string.Join(',', chosen.Take(PapersAnIssue).Select(paper => choices[(paper * Interests.Length) + random.Next(Interests.Length)]));
        sql.Append(CultureInfo.InvariantCulture, $"insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt, papers, paper_ids, choices) values ({reader}, {reader}, '{at}', '{at}', '2026-01-26', '{JsonSerializer.Serialize(shown)}', 0, '{receipt}', {PapersAnIssue}, '[{ids}]', '[{stored}]');");
        sql.Append(CultureInfo.InvariantCulture, $"insert into outbox (key, kind, subscriber_id, issue_id, recipient, domain, payload, state, due_at, created_at) values ('issue/{reader}/1', 'issue', {reader}, {reader}, '{email}', '{email[(email.IndexOf('@') + 1)..]}', '{{}}', 'queued', '{at}', '{at}');");
        sql.Append(CultureInfo.InvariantCulture, $"insert into issue_paper (block, subscriber_id, paper_id, issue_id) values {string.Join(',', chosen.Take(PapersAnIssue).Select(paper => $"({PaperBlock.Of(paper + 1)}, {reader}, {paper + 1}, {reader})"))};");
        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync();
    }

    public static string Email(int reader) => $"reader{reader}@readers{reader % 40}.example.net";

    private static async Task<IReadOnlyList<Paper>> PapersAsync(Database database, DateTimeOffset now)
    {
        var store = new PaperStore(database);
        await store.AddAsync("bench", new Fetched([.. Enumerable.Range(1, Papers).Select(Entry)], [], null), now, CancellationToken.None);
        return [.. (await store.NewerThanAsync(0, CancellationToken.None)).Take(Papers)];
    }

    private static Choice Choice(Match match) => new(match.Score, match.Reason.Interest, match.Reason.Field, match.Reason.Hits, match.Reason.Parts, match.Paper.Upvotes, match.Paper.CodeUrl);

    private static Match Match(Paper paper, string interest) =>
        new(paper, 1, new Reason(interest, "title", [new Hit("title", 0, 5), new Hit("abstract", 30, 7)], new Dictionary<string, double> { ["title"] = 2, ["abstract"] = 1 }));

    private static PaperEntry Entry(int i)
    {
        var random = new Random(i);
        string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
        return new PaperEntry
        {
            Id = $"arxiv:2601.{i:00000}",
            Title = $"Paper {i} of {Text(12)}",
            Abstract = string.Join(' ', Enumerable.Range(0, 9).Select(_ => Text(22) + ".")),
            Authors = ["Zoë Ångström", "B. Author", "C. Author", "D. Author"],
            Categories = ["cs.LG", "q-bio.BM"],
            Url = $"https://example.org/abs/2601.{i:00000}",
            Pdf = $"https://example.org/pdf/2601.{i:00000}",
        };
    }
}
