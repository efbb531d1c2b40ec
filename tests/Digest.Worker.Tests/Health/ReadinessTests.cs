using System.Net;
using Dapper;
using Digest.Worker.Alerts;
using Digest.Worker.Health;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Health;

public sealed class ReadinessTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 26, 7, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_relay_that_is_gone_is_told_and_so_is_its_return()
    {
        var port = Ports.Free();
        await using var service = await RunningService.StartAsync(clock, settings: [("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{port}")]);
        using var gone = await service.Operator.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, gone.StatusCode);
        Assert.Contains($"failure  relay: The relay 127.0.0.1:{port} cannot be reached.", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await service.Operator.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task A_relay_that_refuses_our_login_needs_the_operator_and_a_new_password_is_enough()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { Login = ("digest", "right") });
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("secret"), "wrong");
        await using var service = await RunningService.StartAsync(clock, settings:
            [("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{server.Port}"), ("Smtp:Username", "digest"), ("Smtp:PasswordFile", folder.File("secret")), ("Alerts:To", "ops@example.org")]);
        var report = await service.Get<Readiness>().AskAsync(CancellationToken.None);
        Assert.False(report.Ready);
        Assert.Equal($"The relay 127.0.0.1:{server.Port} refuses us.", report.Results.Single(result => result.Key == "relay").Said);
        File.WriteAllText(folder.File("secret"), "right");
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await service.Get<Readiness>().AskAsync(CancellationToken.None)).Ready);
    }

    [FactWith<PostgresServer>]
    public async Task A_database_server_that_is_gone_is_told_and_so_is_its_return()
    {
        await using var postgres = await OwnPostgres.StartAsync();
        await using var service = await RunningService.StartAsync(TimeProvider.System, settings: [("Storage:ConnectionString", postgres.ConnectionString)]);
        await BecomesAsync(service, HttpStatusCode.OK);
        await postgres.StopAsync();
        Assert.Contains("failure  database: The database cannot be", await BecomesAsync(service, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await service.Operator.GetAsync("/healthz")).StatusCode);
        await postgres.RestartAsync();
        await BecomesAsync(service, HttpStatusCode.OK);
    }

    /// <summary>An answer is as old as the beginning of its checks, however long they took.</summary>
    [Fact]
    public async Task What_began_while_slow_checks_ran_is_told_by_the_next_round()
    {
        var check = new PlayedCheck { During = () => clock.Advance(TimeSpan.FromSeconds(3)) };
        using var readiness = new Readiness([check], clock);
        Assert.True((await readiness.AskAsync(CancellationToken.None)).Ready);
        check.State = CheckState.Failure;
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.False((await readiness.AskAsync(CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task Many_who_ask_while_slow_checks_run_get_the_answer_of_one_round()
    {
        var begin = new TaskCompletionSource();
        var check = new PlayedCheck { Until = begin.Task, During = () => clock.Advance(TimeSpan.FromSeconds(5)) };
        using var readiness = new Readiness([check], clock);
        var askers = Enumerable.Range(0, 50).Select(_ => readiness.AskAsync(CancellationToken.None)).ToList();
        begin.SetResult();
        await Task.WhenAll(askers);
        Assert.Equal(1, check.Rounds);
        await readiness.AskAsync(CancellationToken.None);
        Assert.Equal(2, check.Rounds);
    }

    [Fact]
    public async Task What_the_checks_find_is_told_once_and_so_is_its_end()
    {
        await using var installation = await Installation.CreateAsync(clock, new Dictionary<string, string?> { ["Alerts:To"] = "ops@example.org" });
        await OweAsync(installation);
        for (var minute = 0; minute < 40; minute++)
        {
            await installation.Get<Watch>().RunAsync(CancellationToken.None);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        var alarm = Assert.Single(await installation.Get<AlarmStore>().StandingAsync(CancellationToken.None));
        Assert.Equal(("digest", "The digest is late: issues are due and not composed."), (alarm.Key, alarm.Sentence));
        Assert.Equal(1, await installation.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox where kind = 'alarm'"), CancellationToken.None));
    }

    [Fact]
    public async Task A_digest_that_is_late_is_told_and_one_in_time_is_not()
    {
        await using var installation = await Installation.CreateAsync(clock);
        await OweAsync(installation);
        Assert.True(await IsReadyAsync(installation));
        clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await IsReadyAsync(installation));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await IsReadyAsync(installation));

        await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update subscriber set next_due_at = '2026-01-27T07:00:00.000Z'", transaction: transaction), CancellationToken.None);
        await installation.Database.WriteAsync(transaction => installation.Get<OutboxStore>().AddAsync(transaction,
            new OutboxMail { Key = "issue/1/1", Kind = MailKind.Issue, SubscriberId = 1, Recipient = "a@example.org", CreatedAt = clock.GetUtcNow() }), CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await IsReadyAsync(installation));
        clock.Advance(TimeSpan.FromMinutes(26));
        Assert.False(await IsReadyAsync(installation));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told()
    {
        await using var installation = await Installation.CreateAsync(clock);
        Assert.True(await IsReadyAsync(installation));
        clock.Advance(TimeSpan.FromMinutes(1));
        await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("delete from schema_migration where version = 1", transaction: transaction), CancellationToken.None);
        Assert.False(await IsReadyAsync(installation));
    }

    private static async Task<string> BecomesAsync(RunningService service, HttpStatusCode expected)
    {
        for (var patience = 0; ; patience++)
        {
            using var answer = await service.Operator.GetAsync("/readyz");
            var said = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == expected)
                return said;
            Assert.True(patience < 300, said);
            await Task.Delay(200);
        }
    }

    private async Task<bool> IsReadyAsync(Installation installation)
    {
        clock.Advance(TimeSpan.FromSeconds(5));
        return (await installation.Get<Readiness>().AskAsync(CancellationToken.None)).Ready;
    }

    private static async Task OweAsync(Installation installation) =>
        await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, next_due_at, created_at)
            values ('a@example.org', 'a@example.org', 'en', 'UTC', 'daily', 7, 20, '', 'active', '2026-01-26T07:00:00.000Z', '2026-01-01T00:00:00.000Z')
            """, transaction: transaction), CancellationToken.None);

    private sealed class PlayedCheck : ICheck
    {
        public CheckState State { get; set; } = CheckState.Ok;
        public Task Until { get; init; } = Task.CompletedTask;
        public required Action During { get; init; }
        public int Rounds { get; private set; }
        public bool IsVital => true;

        public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
        {
            await Until;
            Rounds++;
            During();
            return [new CheckResult("played", State, "as the test says")];
        }
    }
}
