using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Digest.Worker.Storage.Copying;
using Npgsql;

namespace Digest.Worker.Storage.Postgres;

/// <summary>
/// PostgreSQL, 15 or newer. Transactions see what was committed before each statement; the right to write is an advisory lock of the transaction,
/// held alone or shared, so that a unit of work finds as little change under it as on SQLite, while deliveries are claimed and settled side by side.
/// </summary>
internal sealed class PostgresDialect : IDialect, IAsyncDisposable, IDisposable
{
    /// <summary>The advisory lock for the right to write: "digest", in a database that is Digest's own.</summary>
    private const long WriteLock = 0x646967657374;

    public const string ApplicationName = "digest";

    /// <summary>
    /// A worker that the network cuts off in the middle of a transaction would hold the right to write for as long as TCP waits, two hours: the server
    /// ends what says nothing for ten seconds, which is less than a worker's lease, also where a second one that was cut off waited behind the first. Set with the lock and for the transaction alone, so that it costs no
    /// round trip and a pooler may stand between.
    /// </summary>
    private const string EndIfSilent = "set_config('idle_in_transaction_session_timeout', '10s', true)";

    /// <summary>
    /// What is written side by side finds its rows by their keys. PostgreSQL would read the claims as a whole: it plans for the few that stood there
    /// when it last counted, and keeps the plan when there are many. A bitmap of them would not strike out the entries of claims that are gone: each claim
    /// would go through all since the last vacuum.
    /// </summary>
    private const string ByKeys = "set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)";

    private const string DueChannel = "digest_due";

    /// <summary>A listener sends nothing by itself: without these it would not learn for two hours that the network is gone.</summary>
    private const int KeepAliveSeconds = 10;

    private static readonly string Shared = string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock_shared({WriteLock}), {EndIfSilent}, {ByKeys}");
    private static readonly string Alone = string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({WriteLock}), {EndIfSilent}");

    private const string ServerNow = "to_char(statement_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
    private const string ServerEnd = "to_char((statement_timestamp() + (cast(@until as timestamptz) - cast(@now as timestamptz))) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";

    private readonly NpgsqlDataSource source;
    private readonly string listening;

    /// <param name="time">Where it is the system's, leases go by the database's clock, which all workers share; a played one is everybody's clock.</param>
    public PostgresDialect(StorageOptions options, TimeProvider time)
    {
        TypeHandlers.Register();
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        // Statements that come again and again are compiled once a connection; 0 is for a pooler between us and the server.
        if (!new DbConnectionStringBuilder { ConnectionString = options.ConnectionString }.ContainsKey("Max Auto Prepare"))
            settings.MaxAutoPrepare = 100;
        // By this name workers of this database know of each other.
        settings.ApplicationName = ApplicationName;
        source = NpgsqlDataSource.Create(settings);
        (settings.Pooling, settings.Multiplexing, settings.KeepAlive) = (false, false, KeepAliveSeconds);
        listening = settings.ConnectionString;
        var isPlayed = time != TimeProvider.System;
        (LeaseNow, LeaseEnd) = isPlayed ? (new SqlPart("@now"), new SqlPart("@until")) : (new SqlPart(ServerNow), new SqlPart(ServerEnd));
        LeaseEndOfGiven = isPlayed ? LeaseEnd.OfGiven : new SqlPart($"(select {LeaseEnd.OfGiven} from given limit 1)");
    }

    public string Name => "postgres";

    public WordSearch WordSearch { get; } = new PostgresWordDialect();

    public RowDialect Rows { get; } = new PostgresRowDialect();

    public TableDialect Tables { get; } = new PostgresTableDialect();

    public SqlPart LeaseNow { get; }

    public SqlPart LeaseEnd { get; }

    /// <summary>Of the server's clock the text is made once, and not for each row.</summary>
    public SqlPart LeaseEndOfGiven { get; }

    public bool IsForMany => true;

    public IsolationLevel Isolation => IsolationLevel.ReadCommitted;

    public string? RightToWrite => Shared;

    /// <summary>
    /// PostgreSQL plans for the few that it counted last. Where there are a million it would read and sort all that are left for each page of them.
    /// </summary>
    public string? ByOrder => "select set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)";

    /// <summary>An advisory lock, in a database that is Digest's own: its number is the name's letters.</summary>
    public Task TakeTurnAsync(DbTransaction transaction, string what) =>
        transaction.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({what.Aggregate(0L, (number, letter) => (number << 8) | letter)})"));

    public string Translate(string migration) => PostgresSchema.Translate(migration);

    public DbConnection CreateConnection() => new PostgresConnection(source.CreateConnection());

    public Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CopyAsync(DbConnection connection, string path, CancellationToken cancellationToken) =>
        throw new BackupException("A backup file is made of SQLite databases only: back PostgreSQL up with pg_dump, and keep installation.key beside the dump.");

    /// <summary>The server checks each page that it reads, where it was made with checksums (https://www.postgresql.org/docs/15/checksums.html), and counts those that failed.</summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        await using var connection = CreateConnection();
        await connection.OpenAsync(cancellationToken);
        var failed = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select coalesce(sum(checksum_failures), 0)::bigint from pg_stat_database where datname = current_database()", cancellationToken: cancellationToken));
        return failed == 0 ? null : $"{failed} pages failed their checksum";
    }

    public ValueTask<IDisposable?> TurnToWriteAsync(CancellationToken cancellationToken) => default;

    public async Task TellDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition($"notify {DueChannel}", cancellationToken: cancellationToken));
    }

    public async Task ListenAsync(Action heard, CancellationToken cancellationToken)
    {
        await using var connection = new PostgresConnection(new NpgsqlConnection(listening));
        await connection.OpenAsync(cancellationToken);
        connection.Inner.Notification += (_, _) => heard();
        await connection.ExecuteAsync(new CommandDefinition($"listen {DueChannel}", cancellationToken: cancellationToken));
        heard();
        while (true)
            await connection.Inner.WaitAsync(cancellationToken);
    }

    public async Task<DbTransaction> BeginWriteAsync(DbConnection connection, bool shared, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(Isolation, cancellationToken);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(shared ? Shared : Alone, transaction: transaction, cancellationToken: cancellationToken));
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => source.Dispose();

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
