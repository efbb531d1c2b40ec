using System.Data.Common;
using Dapper;

namespace Digest.Worker.Storage;

/// <summary>Dapper on a transaction, so that a statement cannot slip outside its unit of work.</summary>
internal static class TransactionQueries
{
    public static Task<int> ExecuteAsync(this DbTransaction transaction, string sql, object? parameters = null) =>
        transaction.Connection!.ExecuteAsync(sql, parameters, transaction);

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this DbTransaction transaction, string sql, object? parameters = null) =>
        (await transaction.Connection!.QueryAsync<T>(sql, parameters, transaction)).AsList();

    public static Task<T?> QuerySingleOrDefaultAsync<T>(this DbTransaction transaction, string sql, object? parameters = null) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<T?>(sql, parameters, transaction);

    public static Task<T?> ScalarAsync<T>(this DbTransaction transaction, string sql, object? parameters = null) =>
        transaction.Connection!.ExecuteScalarAsync<T>(sql, parameters, transaction);
}
