using System.Data;
using System.Data.Common;
using Npgsql;

namespace Digest.Worker.Storage.Postgres;

/// <summary>A transaction of a <see cref="PostgresConnection"/>.</summary>
internal sealed class PostgresTransaction(PostgresConnection connection, NpgsqlTransaction inner) : DbTransaction
{
    public NpgsqlTransaction Inner => inner;

    public override IsolationLevel IsolationLevel => inner.IsolationLevel;

    protected override DbConnection DbConnection => connection;

    public override void Commit() => inner.Commit();

    public override Task CommitAsync(CancellationToken cancellationToken = default) => inner.CommitAsync(cancellationToken);

    public override void Rollback() => inner.Rollback();

    public override Task RollbackAsync(CancellationToken cancellationToken = default) => inner.RollbackAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
