using Dapper;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Operations;

/// <summary>The verbs of sending, run as an operator runs them.</summary>
public sealed class DeliveriesVerbTests
{
    [Fact]
    public async Task Status_tells_what_waits_and_retry_and_drop_move_it()
    {
        using var program = new DigestProgram();
        await program.MustAsync("migrate");
        await using var connection = new SqliteConnection(program.ConnectionString);
        var states = new[] { "sent", "deferred", "deferred", "bounced", "in_doubt", "queued" };
        for (var i = 1; i <= states.Length; i++)
            await connection.ExecuteAsync(
                """
                insert into outbox (key, kind, recipient, domain, payload, state, attempts, due_at, created_at, answer)
                values (@key, 'answer', 'r@readers.example.net', 'readers.example.net', '{}', @state, 2, '2126-01-26T12:00:00.000Z', '2026-01-26T12:00:00.000Z', '451 4.3.0 not' || char(27) || '[2Jnow')
                """, new { key = $"answer/{i}/1", state = states[i - 1] });
        await connection.ExecuteAsync("insert into delivery_pause (scope, reason, since, until) values ('readers.example.net', 'it said no', '2026-01-26T12:00:00.000Z', '2126-01-26T12:00:00.000Z')");

        var status = await program.MustAsync("deliveries", "status");
        Assert.Matches("deferred +2", status);
        Assert.Contains("readers.example.net", status, StringComparison.Ordinal);
        Assert.Contains("paused     readers.example.net until", status, StringComparison.Ordinal);
        Assert.Contains("mail 5 (answer) tried 2", status, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', status);
        Assert.DoesNotContain("r@readers", status, StringComparison.Ordinal);

        Assert.Contains("2 mails queued again", await program.MustAsync("deliveries", "retry", "--state", "Deferred"), StringComparison.Ordinal);
        Assert.Contains("1 mails dropped", await program.MustAsync("deliveries", "drop", "--state", "InDoubt", "--mail", "5"), StringComparison.Ordinal);
        Assert.Contains("1 pauses ended", await program.MustAsync("deliveries", "resume"), StringComparison.Ordinal);
        Assert.Equal(["sent", "queued", "queued", "bounced", "suppressed", "queued"], await connection.QueryAsync<string>("select state from outbox order by id"));
        var (code, _, error) = await program.RunAsync("deliveries", "drop", "--state", "Sent");
        Assert.Equal(2, code);
        Assert.Contains("cannot become", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replayed_day_is_sent_again_with_the_same_octets_and_a_dry_run_changes_nothing()
    {
        using var program = new DigestProgram();
        program.Write("papers.jsonl", """{"id": "2601.00001", "title": "Graphs that learn", "abstract": "On graphs.", "authors": ["A. Author"], "categories": ["cs.LG"], "announced": "2026-01-26"}""");
        program["Papers:Sources:0:Kind"] = "file";
        program["Papers:Sources:0:Path"] = Path.Combine(program.Folder, "papers.jsonl");
        foreach (var name in new[] { "ann", "bob", "left" })
            await program.MustAsync("subscriber", "add", $"{name}@readers.example.net", "--interest", "graphs", "--at", "2026-01-25T12:00:00Z");
        await program.MustAsync("once", "--at", "2026-01-26T23:30:00Z");
        var first = Octets(program);
        Assert.True(first.Keys.Count(name => name.Contains("20260126", StringComparison.Ordinal)) >= 3, string.Join(", ", first.Keys));
        await program.MustAsync("subscriber", "pause", "left@readers.example.net");
        Directory.Delete(program.Pickup, recursive: true);

        const string later = "2026-01-28T12:00:00Z";
        Assert.Contains("2 that were sent would be queued again", await program.MustAsync("replay", "--date", "2026-01-26", "--dry-run", "--at", later), StringComparison.Ordinal);
        await program.MustAsync("deliveries", "run", "--at", later);
        Assert.DoesNotContain(Octets(program).Keys, name => name.Contains("20260126-2", StringComparison.Ordinal));

        var said = await program.MustAsync("replay", "--date", "2026-01-26", "--to", "Ann@readers.example.net", "--at", later);
        Assert.Contains("1 that were sent are queued again", said, StringComparison.Ordinal);
        Assert.Contains("1 left alone: to readers who have left", await program.MustAsync("replay", "--date", "2026-01-26", "--at", later), StringComparison.Ordinal);
        // Each program's clock goes on from there: what a slow one queued is due a little later.
        await program.MustAsync("deliveries", "run", "--at", "2026-01-28T12:30:00Z");
        var again = Octets(program).Where(pair => first.ContainsKey(pair.Key)).ToArray();
        Assert.Equal(2, again.Length);
        Assert.All(again, pair => Assert.Equal(first[pair.Key], pair.Value));
        Assert.Contains("There is no such issue.", await program.MustAsync("replay", "--date", "2020-01-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keygen_makes_two_keys_that_only_the_owner_reads_and_prints_their_records_once()
    {
        using var program = new DigestProgram();
        var keys = Path.Combine(program.Folder, "keys");
        var records = await program.MustAsync("dkim", "keygen", "--out", keys);
        Assert.Contains("digest._domainkey.lists.example.org. IN TXT ( \"v=DKIM1; k=rsa; p=", records, StringComparison.Ordinal);
        Assert.Contains("digest-ed._domainkey.lists.example.org. IN TXT ( \"v=DKIM1; k=ed25519; p=", records, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(keys))
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(2, Directory.GetFiles(keys).Length);
        var before = await File.ReadAllTextAsync(Directory.GetFiles(keys)[0]);
        Assert.NotEqual(0, (await program.RunAsync("dkim", "keygen", "--out", keys)).Code);
        Assert.Equal(before, await File.ReadAllTextAsync(Directory.GetFiles(keys)[0]));
    }

    private static Dictionary<string, string> Octets(DigestProgram program) => Directory.Exists(program.Pickup)
        ? Directory.GetFiles(program.Pickup).ToDictionary(file => Path.GetFileName(file), file => Convert.ToBase64String(File.ReadAllBytes(file)), StringComparer.Ordinal)
        : [];
}
