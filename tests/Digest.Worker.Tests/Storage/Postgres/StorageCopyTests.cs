using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Storage;
using Digest.Worker.Storage.Copying;
using Digest.Worker.Storage.Postgres;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Storage.Postgres;

/// <summary>Moving house, rehearsed: there and back, stopped on the way, and the mails that were owed are sent once from the new house.</summary>
public sealed class StorageCopyTests : IAsyncLifetime, IDisposable
{
    private readonly TestFolder folder = new();
    private string server = "";

    private string Old => $"Data Source={folder.File("old.db")};Pooling=False";

    private string Back => $"Data Source={folder.File("back.db")};Pooling=False";

    public async Task InitializeAsync() => server = TestDatabase.HasPostgres ? await TestDatabase.CreateEmptyAsync() : "";

    public async Task DisposeAsync()
    {
        if (TestDatabase.HasPostgres)
            await TestDatabase.DropPostgresAsync(server);
    }

    public void Dispose() => folder.Dispose();

    [FactWith<PostgresServer>]
    public async Task There_and_back_nothing_is_lost_and_what_was_owed_is_sent_once()
    {
        await using var smtp = new LoopbackSmtp();
        await using (var house = await OpenAsync(Old, smtp))
        {
            await FillAsync(house);
            await Outboxes.AddLettersAsync(house, ["first", "second"]);
            await house.Get<DeliveryRun>().RunAsync(CancellationToken.None);
            await Outboxes.AddLettersAsync(house, ["third"]);
        }
        var there = await CopyAsync(Old, server);
        Assert.All(there, table => Assert.True(table.IsEqual, table.Name));
        Assert.True(there.Single(table => table.Name == "paper").There > 50);
        Assert.Equal(3, there.Single(table => table.Name == "outbox").There);
        // Asked again it goes on where it was: there is nothing left, and the target is no empty one any more.
        Assert.Contains("rows of its own", (await Assert.ThrowsAsync<BackupException>(() => CopyAsync(Old, server))).Message, StringComparison.Ordinal);

        await using (var house = await OpenAsync(server, smtp))
        {
            await house.Get<DeliveryRun>().RunAsync(CancellationToken.None);
            Assert.Equal(["sent"], await Outboxes.StatesAsync(house));
            Assert.Equal(3, smtp.Mails.Select(mail => mail.Recipient).Distinct().Count());
            Assert.Equal(3, smtp.Mails.Count);
            // Numbers go on behind the last that was ever given, also when its row is gone; papers are to be found by their words again.
            var reader = await Readers.AddAsync(house, "next@example.org");
            Assert.Equal(12, reader.Id);
            Assert.Equal(await Readers.CountAsync(house, "paper"), await Readers.CountAsync(house, "paper_unread"));
        }
        var back = await CopyAsync(server, Back);
        Assert.All(back, table => Assert.True(table.IsEqual, table.Name));
        Assert.Equal(there.Single(table => table.Name == "paper").HashHere, back.Single(table => table.Name == "paper").HashThere);
        await using var home = await OpenAsync(Back, smtp);
        await home.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(3, smtp.Mails.Count);
        Assert.Equal(13, (await Readers.AddAsync(home, "last@example.org")).Id);
    }

    [FactWith<PostgresServer>]
    public async Task Stopped_on_the_way_it_goes_on_where_it_was_and_meanwhile_no_service_starts_on_it()
    {
        await using (var house = await OpenAsync(Old, null))
            await house.Database.WriteAsync(transaction => transaction.ExecuteAsync(
                """
                with recursive n (i) as (select 1 union all select i + 1 from n where i < 12000)
                insert into paper (work_key, title, abstract, authors, categories, announce_type, source, seen_at) select 'title:' || i, 'Paper ' || i, '', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z' from n
                """), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopyAsync(Old, server, _ => stop.Cancel(), stop.Token));
        Assert.Contains("is not finished", (await Assert.ThrowsAsync<MigrationException>(() => OpenAsync(server, null))).Message, StringComparison.Ordinal);
        var steps = new List<string>();
        Assert.All(await CopyAsync(Old, server, steps.Add), table => Assert.True(table.IsEqual, table.Name));
        // 5,000 were there; of the 7,000 left one full portion is told.
        Assert.Equal(["paper: 5000 rows"], steps);
        await using var moved = await OpenAsync(server, null);
        Assert.Equal(12_000, await Readers.CountAsync(moved, "paper"));
    }

    [FactWith<PostgresServer>]
    public async Task A_target_that_is_no_copy_of_the_source_is_told()
    {
        await using (var house = await OpenAsync(Old, null))
            await FillAsync(house);
        await MigrateAsync(server);
        await using (var target = new PostgresDialect(new StorageOptions { ConnectionString = server }, TimeProvider.System))
        {
            await new Database(target).WriteAsync(async transaction =>
            {
                await transaction.ExecuteAsync("insert into storage_copy (source, begun_at) values ('x', '')");
                await transaction.ExecuteAsync("insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values (1, 'title:other', 'Other', '', '[]', '[]', 'new', 's', '')");
            }, CancellationToken.None);
        }
        Assert.Contains("differ in", (await Assert.ThrowsAsync<BackupException>(() => CopyAsync(Old, server))).Message, StringComparison.Ordinal);
        Assert.Contains("nothing to copy", (await Assert.ThrowsAsync<BackupException>(() => CopyAsync(Old, Old))).Message, StringComparison.Ordinal);
    }

    [FactWith<PostgresServer>]
    public async Task A_database_that_a_worker_has_open_is_not_copied()
    {
        await using (var house = await OpenAsync(Old, null))
            await FillAsync(house);
        await using var worker = new PostgresDialect(new StorageOptions { ConnectionString = server }, TimeProvider.System);
        await using var open = await new Database(worker).OpenAsync(CancellationToken.None);
        Assert.Contains("stop every service", (await Assert.ThrowsAsync<BackupException>(() => CopyAsync(Old, server))).Message, StringComparison.Ordinal);
    }

    [FactWith<PostgresServer>]
    public async Task The_verb_refuses_while_a_service_runs_and_killed_at_work_it_goes_on_when_run_again()
    {
        using var program = new DigestProgram(("Web:Urls", "http://127.0.0.1:0"));
        await program.MustAsync("migrate");
        await using (var house = await Installation.CreateAsync(settings: new Dictionary<string, string?> { ["Storage:ConnectionString"] = program.ConnectionString }, folder: program.Folder))
        {
            await FillAsync(house);
            await house.Database.WriteAsync(transaction => transaction.ExecuteAsync(
                """
                with recursive n (i) as (select 1000 union all select i + 1 from n where i < 61000)
                insert into paper (work_key, title, abstract, authors, categories, announce_type, source, seen_at) select 'title:' || i, 'Paper ' || i, '', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z' from n
                """), CancellationToken.None);
        }
        using (var service = program.Start("serve"))
        {
            for (var refused = false; !refused;)
            {
                // Until the service is up there is nobody to refuse for, but nothing is copied either: the target cannot be reached.
                var (code, _, error) = await program.RunAsync("storage", "copy", "--to", "Host=127.0.0.1;Port=1;Username=x;Database=x");
                Assert.NotEqual(0, code);
                refused = error.Contains("stop", StringComparison.OrdinalIgnoreCase);
            }
            service.Kill();
            await service.WaitForExitAsync();
        }
        await MigrateAsync(server);
        // Whoever copies waits here for as long as this paper is neither there nor not there.
        await using (var held = await ThereAsync())
        await using (var begun = await held.BeginTransactionAsync())
        {
            await held.ExecuteAsync("insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values (12000, 'title:held', '', '', '[]', '[]', 'new', 's', '')", transaction: begun);
            using var killed = program.Start("storage", "copy", "--to", server);
            while (await PapersThereAsync() < 10_000)
            {
                Assert.False(killed.HasExited, "The copy ended before it was killed.");
                await Task.Delay(20);
            }
            killed.Kill();
            await killed.WaitForExitAsync();
        }
        var said = await program.MustAsync("storage", "copy", "--to", server);
        Assert.Contains("paper", said, StringComparison.Ordinal);
        Assert.Equal(60_061, await PapersThereAsync());
        program["Storage:ConnectionString"] = server;
        await program.MustAsync("migrate");
    }

    private async Task<long> PapersThereAsync()
    {
        await using var connection = await ThereAsync();
        return await connection.ExecuteScalarAsync<long>("select count(*) from paper");
    }

    private static async Task MigrateAsync(string server)
    {
        await using var target = new PostgresDialect(new StorageOptions { ConnectionString = server }, TimeProvider.System);
        await new Migrations(new Database(target), TimeProvider.System).ApplyAsync(CancellationToken.None);
    }

    private async Task<Npgsql.NpgsqlConnection> ThereAsync()
    {
        var connection = new Npgsql.NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private Task<Installation> OpenAsync(string connection, LoopbackSmtp? smtp)
    {
        var settings = smtp?.Settings() ?? [];
        settings["Storage:ConnectionString"] = connection;
        return Installation.CreateAsync(settings: settings, folder: folder.Path);
    }

    private static async Task<IReadOnlyList<CopiedTable>> CopyAsync(string from, string to, Action<string>? told = null, CancellationToken cancellationToken = default)
    {
        var (source, target) = (Create(from), Create(to));
        await using var first = source as IAsyncDisposable;
        await using var second = target as IAsyncDisposable;
        return await new StorageCopy(source, target, TimeProvider.System).RunAsync(told ?? (_ => { }), cancellationToken);
    }

    private static IDialect Create(string connection) => Engines.Create(Engines.Of(connection), new StorageOptions { ConnectionString = connection }, TimeProvider.System);

    /// <summary>Papers, readers and issues; the last reader is gone again, but their number was given.</summary>
    private static async Task FillAsync(Installation house)
    {
        for (var i = 1; i <= 11; i++)
            await Readers.AddAsync(house, $"reader{i}@example.org", i == 1 ? "graph neural networks" : "");
        await house.Database.WriteAsync(transaction => transaction.ExecuteAsync("delete from subscriber where id = 11"), CancellationToken.None);
        await house.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into paper (work_key, title, abstract, authors, categories, announce_type, source, seen_at)
            values (@key, @title, 'Zoë — 机器学习', '["A. Noether"]', '["cs.LG"]', 'new', 's', '2026-01-26T06:00:00.000Z')
            """, Enumerable.Range(1, 60).Select(i => new { key = $"title:{i}", title = $"Graph neural networks {i} \U0001D4D0 \uD835" }), transaction), CancellationToken.None);
        await house.Database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt, papers, paper_ids, choices)
            values (1, 1, '2026-01-26T07:00:00.000Z', '2026-01-26T07:00:00.000Z', '2026-01-26', '{}', 0, '{}', 2, '[1,2]', '[{"Score":0.1},{"Score":3.0000000000000004}]');
            insert into issue_paper (block, subscriber_id, paper_id, issue_id) values (0, 1, 1, 1), (0, 1, 2, 1);
            """), CancellationToken.None);
    }
}
