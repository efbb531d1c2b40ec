using System.Reflection;
using Dapper;
using Digest.Worker.Storage.Copying;

namespace Digest.Worker.Storage;

/// <summary>
/// Applies the embedded migrations in the order of their numbers, each once and each in its own transaction. There is one text for all engines,
/// written for SQLite; the dialect says it in the words of another.
/// </summary>
internal sealed class Migrations(Database database, TimeProvider time)
{
    private const string CreateLedger =
        """
        create table if not exists schema_migration (
            version    integer not null primary key,
            name       text    not null,
            applied_at text    not null
        )
        """;

    /// <summary>Brings the database up to date and returns the names of the migrations that this call applied.</summary>
    /// <exception cref="MigrationException">The database cannot be opened or written, is newer than the program, a migration failed, or a copy into it is not finished.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken)
    {
        var applied = await ApplyUnfinishedAsync(cancellationToken);
        if (await database.ReadAsync(connection => TableStore.BegunAsync(connection), cancellationToken) is { } begun)
            throw new MigrationException($"A copy into this database was begun at {begun} and is not finished: run 'storage copy' again, or use an empty database.");
        return applied;
    }

    /// <summary>The same on a database into which a copy may be under way.</summary>
    public async Task<IReadOnlyList<string>> ApplyUnfinishedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(transaction => transaction.ExecuteAsync(database.Translate(CreateLedger)), cancellationToken);
        }
        catch (System.Data.Common.DbException e)
        {
            throw new MigrationException(StorageTrouble.Said(e, database.Place), e);
        }
        var known = Embedded();
        var before = (await database.ReadAsync(connection => connection.QueryAsync<long>("select version from schema_migration"), cancellationToken)).ToHashSet();
        if (before.Count > 0 && before.Max() is var newest && newest > known[^1].Version)
            throw new MigrationException($"The database is at version {newest}, this program knows up to {known[^1].Version}: run the newer program, or restore a backup.");
        var applied = new List<string>();
        // One that is there needs no turn to write: others are sending while this worker starts.
        foreach (var migration in known.Where(migration => !before.Contains(migration.Version)))
            if (await database.WriteAsync(transaction => ApplyOneAsync(transaction, migration), cancellationToken))
                applied.Add(migration.Name);
        return applied;
    }

    /// <summary>True when every migration has been applied.</summary>
    public async Task<bool> AreAppliedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var count = await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from schema_migration"), cancellationToken);
            return count == Embedded().Count;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }

    private async Task<bool> ApplyOneAsync(System.Data.Common.DbTransaction transaction, Migration migration)
    {
        // Asked again inside the transaction: two processes may start on one database at once.
        if (await transaction.ScalarAsync<long>("select count(*) from schema_migration where version = @Version", migration) > 0)
            return false;
        try
        {
            // A large table takes longer to be written anew than anything else may.
            await transaction.Connection!.ExecuteAsync(migration.Sql, transaction: transaction, commandTimeout: 0);
        }
        catch (System.Data.Common.DbException e)
        {
            throw new MigrationException($"Migration {migration.Name} failed and was rolled back: {e.Message}", e);
        }
        await transaction.ExecuteAsync("insert into schema_migration (version, name, applied_at) values (@Version, @Name, @Now)",
            new { migration.Version, migration.Name, Now = time.GetUtcNow() });
        return true;
    }

    private IReadOnlyList<Migration> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(migration => migration.Version)];
    }

    private Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = Path.GetFileNameWithoutExtension(resource);
        return new Migration(long.Parse(name.AsSpan(0, name.IndexOf('-')), System.Globalization.CultureInfo.InvariantCulture), name, database.Translate(reader.ReadToEnd()));
    }

    private sealed record Migration(long Version, string Name, string Sql);
}

/// <summary>The database cannot be brought to the version that this program needs.</summary>
internal sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
