using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Npgsql;

namespace Digest.Worker.Storage.Postgres;

/// <summary>
/// Npgsql's connection as Dapper sees any other's: lists of values are written out (<c>in @ids</c>), as they are for SQLite, where Dapper would
/// hand Npgsql an array that <c>in</c> does not take. Its commands are <see cref="PostgresCommand"/>s.
/// </summary>
internal sealed class PostgresConnection(NpgsqlConnection inner) : DbConnection
{
    public NpgsqlConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void Open() => inner.Open();

    /// <summary>Npgsql lets the faults of a name server through as they are; to whoever uses a database all are its own.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached; the message names it.</exception>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await inner.OpenAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            throw new NpgsqlException($"The database {inner.DataSource} cannot be reached: {e.Message}", e);
        }
    }

    public override void Close() => inner.Close();

    public override Task CloseAsync() => inner.CloseAsync();

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    protected override DbCommand CreateDbCommand() => new PostgresCommand(this, inner.CreateCommand());

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new PostgresTransaction(this, inner.BeginTransaction(isolationLevel));

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken) =>
        new PostgresTransaction(this, await inner.BeginTransactionAsync(isolationLevel, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
