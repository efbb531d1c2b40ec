using Dapper;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Storage.Postgres;

/// <summary>What holds on PostgreSQL alone: who may write beside whom, whose clock leases go by, and text that it cannot hold.</summary>
public sealed class WritingTests : IAsyncLifetime
{
    private string server = "";
    private Installation installation = null!;

    public async Task InitializeAsync()
    {
        if (!TestDatabase.HasPostgres)
            return;
        server = await TestDatabase.CreatePostgresAsync();
        installation = await Installation.CreateAsync(TimeProvider.System, new Dictionary<string, string?> { ["Storage:ConnectionString"] = server });
    }

    public async Task DisposeAsync()
    {
        if (!TestDatabase.HasPostgres)
            return;
        await installation.DisposeAsync();
        await TestDatabase.DropPostgresAsync(server);
    }

    [FactWith<PostgresServer>]
    public async Task Who_shares_the_right_to_write_writes_at_once_and_who_does_not_waits_for_them()
    {
        var (held, letGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = installation.Database.WriteSharedAsync(async transaction =>
        {
            await AddAsync(transaction, "first");
            held.SetResult();
            await letGo.Task;
            return true;
        }, CancellationToken.None);
        await held.Task;
        await installation.Database.WriteSharedAsync(async transaction => { await AddAsync(transaction, "beside"); return true; }, CancellationToken.None);
        var alone = installation.Database.WriteAsync(transaction => transaction.ScalarAsync<long>("select count(*) from suppression"), CancellationToken.None);
        while (await Readers.QueryAsync(installation, "select 'waits' from pg_locks where locktype = 'advisory' and not granted") is [])
            await Task.Delay(5);
        Assert.False(alone.IsCompleted);
        letGo.SetResult();
        await first;
        Assert.Equal(2, await alone);
    }

    [FactWith<PostgresServer>]
    public async Task Leases_go_by_the_clock_of_the_database_whatever_a_worker_takes_for_the_time()
    {
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        var claims = installation.Get<ClaimStore>();
        var fast = TimeProvider.System.GetUtcNow().AddDays(3);
        Assert.Single(await claims.ClaimAsync("fast", 1, fast, TimeSpan.FromMinutes(2), CancellationToken.None));
        // Two minutes from now by the database's clock, not three days.
        Assert.Equal(["yes"], await Readers.QueryAsync(installation, "select case when cast(until as timestamptz) between now() + interval '1 minute' and now() + interval '3 minutes' then 'yes' else until end from claim"));
        Assert.False(await claims.AnyOverdueAsync(fast, CancellationToken.None));
        Assert.Equal(default, await claims.RecoverAsync([], [], InDoubtPolicy.Resend, fast, CancellationToken.None));
        await installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("update claim set until = '2020-01-01T00:00:00.000Z'"), CancellationToken.None);
        Assert.Equal(1, (await claims.RecoverAsync([], [], InDoubtPolicy.Resend, fast.AddDays(-9), CancellationToken.None)).Released);
    }

    [FactWith<PostgresServer>]
    public async Task Text_that_it_cannot_hold_is_kept_with_the_replacement_character()
    {
        await installation.Database.WriteAsync(transaction => AddAsync(transaction, "a\0b\uD835c😀"), CancellationToken.None);
        Assert.Equal(["a\uFFFDb\uFFFDc😀"], await Readers.QueryAsync(installation, "select detail from suppression"));
    }

    [FactWith<PostgresServer>]
    public async Task A_list_without_values_holds_nothing_whatever_its_type()
    {
        await installation.Database.WriteAsync(transaction => AddAsync(transaction, "x"), CancellationToken.None);
        await using var connection = await installation.Database.OpenAsync(CancellationToken.None);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from suppression where detail in @none", new { none = Array.Empty<string>() }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from suppression where length(detail) not in @none", new { none = Array.Empty<long>() }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from suppression where length(detail) in @one", new { one = new[] { 1L } }));
    }

    private static Task<int> AddAsync(System.Data.Common.DbTransaction transaction, string detail) =>
        transaction.ExecuteAsync("insert into suppression (address_key, reason, detail, created_at) values (@key, 'x', @detail, '')", new { key = Guid.NewGuid().ToString(), detail });
}
