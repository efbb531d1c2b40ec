using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Alerts;

/// <summary>The table of alarms.</summary>
internal sealed class AlarmStore(Database database)
{
    private const string Columns = "key, sentence, remedy, detail, since, told_at, last_told_at, cleared_at";

    /// <summary>The alarms that stand and were told, the oldest first.</summary>
    public Task<IReadOnlyList<StandingAlarm>> StandingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (IReadOnlyList<StandingAlarm>)(await connection.QueryAsync<StandingAlarm>(
            $"select {Columns} from alarm where cleared_at is null and told_at is not null order by since, key")).AsList(), cancellationToken);

    public Task<StandingAlarm?> FindAsync(string key, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<StandingAlarm?>($"select {Columns} from alarm where key = @key", new { key }), cancellationToken);

    public Task<StandingAlarm?> FindAsync(DbTransaction transaction, string key) =>
        transaction.QuerySingleOrDefaultAsync<StandingAlarm>($"select {Columns} from alarm where key = @key", new { key });

    public Task SaveAsync(DbTransaction transaction, StandingAlarm alarm) =>
        transaction.ExecuteAsync(
            """
            insert into alarm (key, sentence, remedy, detail, since, told_at, last_told_at, cleared_at)
            values (@Key, @Sentence, @Remedy, @Detail, @Since, @ToldAt, @LastToldAt, @ClearedAt)
            on conflict (key) do update
            set sentence = excluded.sentence, remedy = excluded.remedy, detail = excluded.detail, since = excluded.since, told_at = excluded.told_at,
                last_told_at = excluded.last_told_at, cleared_at = excluded.cleared_at
            """, alarm);
}
