using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>Runs a statement over <see cref="GivenRows"/> in the engine's own way.</summary>
internal abstract class RowDialect
{
    /// <summary>Runs it.</summary>
    /// <returns>How many rows it changed.</returns>
    public abstract Task<int> ExecuteAsync(DbTransaction transaction, string sql, GivenRows rows);

    /// <summary>Runs it and reads what it returns, in no order.</summary>
    /// <param name="read">Given the columns of each row that it returns: whole numbers.</param>
    public abstract Task<IReadOnlyList<T>> QueryAsync<T>(DbTransaction transaction, string sql, GivenRows rows, Func<ReadOnlySpan<long>, T> read);
}
