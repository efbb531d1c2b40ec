using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Access;

/// <summary>The table of keys.</summary>
internal sealed class AccessKeyStore(Database database)
{
    private const string Columns = "id, name, scope, created_at, used_on, revoked_at";

    public Task<long> InsertAsync(string name, string hash, KeyScope scope, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ScalarAsync<long>(
            "insert into api_key (name, hash, scope, created_at) values (@name, @hash, @scope, @now) returning id", new { name, hash, scope = Text(scope), now }), cancellationToken);

    public Task<AccessKey?> FindByHashAsync(string hash, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<AccessKey?>($"select {Columns} from api_key where hash = @hash", new { hash }), cancellationToken);

    public Task<AccessKey?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<AccessKey?>($"select {Columns} from api_key where id = @id", new { id }), cancellationToken);

    public Task<IReadOnlyList<AccessKey>> AllAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (IReadOnlyList<AccessKey>)(await connection.QueryAsync<AccessKey>($"select {Columns} from api_key order by id")).AsList(), cancellationToken);

    /// <returns>False when there is no such key, or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(transaction => transaction.ExecuteAsync("update api_key set revoked_at = @now where id = @id and revoked_at is null", new { id, now }), cancellationToken) > 0;

    public Task UsedAsync(long id, DateOnly day, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync("update api_key set used_on = @day where id = @id", new { id, day }), cancellationToken);

    private static string Text(KeyScope scope) => scope.ToString().ToLowerInvariant();
}
