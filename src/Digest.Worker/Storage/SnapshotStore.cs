using Dapper;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>Looks into a database file that no service has open.</summary>
internal static class SnapshotStore
{
    /// <returns>What is damaged; null when nothing is.</returns>
    public static async Task<string?> FaultAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(path, cancellationToken);
            var faults = (await connection.QueryAsync<string>("pragma integrity_check(5)")).Where(line => line != "ok").ToList();
            if (faults.Count == 0 && (await connection.QueryAsync("pragma foreign_key_check")).Any())
                faults.Add("rows that belong to others which are not there");
            return faults.Count == 0 ? null : string.Join("; ", faults);
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    public static async Task<long> VersionAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(path, cancellationToken);
        return await connection.ExecuteScalarAsync<long>("select max(version) from schema_migration");
    }

    public static async Task<IReadOnlyDictionary<string, long>> CountsAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(path, cancellationToken);
        var counts = new Dictionary<string, long>();
        foreach (var table in new[] { "paper", "subscriber", "suppression", "outbox", "issue" })
            counts[table] = await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
        return counts;
    }

    private static async Task<SqliteConnection> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
