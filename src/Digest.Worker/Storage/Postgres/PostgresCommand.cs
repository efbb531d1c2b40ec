using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;

namespace Digest.Worker.Storage.Postgres;

/// <summary>
/// A command whose text and values are made fit for PostgreSQL: an empty list has the type of what it is compared with, and text that UTF-8 or
/// PostgreSQL cannot hold (half a surrogate pair, U+0000) becomes U+FFFD, as SQLite keeps the first.
/// </summary>
internal sealed partial class PostgresCommand(PostgresConnection? connection, NpgsqlCommand inner) : DbCommand
{
    [AllowNull]
    public override string CommandText { get => inner.CommandText; set => inner.CommandText = Fit(value); }

    public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }

    public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }

    public override bool DesignTimeVisible { get => inner.DesignTimeVisible; set => inner.DesignTimeVisible = value; }

    public override UpdateRowSource UpdatedRowSource { get => inner.UpdatedRowSource; set => inner.UpdatedRowSource = value; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => inner.Connection = (connection = (PostgresConnection?)value)?.Inner;
    }

    protected override DbTransaction? DbTransaction { get; set; }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    public override void Cancel() => inner.Cancel();

    public override void Prepare() => inner.Prepare();

    public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => Ready().ExecuteNonQueryAsync(cancellationToken);

    public override object? ExecuteScalar() => Ready().ExecuteScalar();

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => Ready().ExecuteScalarAsync(cancellationToken);

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await Ready().ExecuteReaderAsync(behavior, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Dapper writes an empty list as a query without rows, and PostgreSQL takes that for text.</summary>
    private static string? Fit(string? sql) =>
        sql is null || !sql.Contains("WHERE 1 = 0)", StringComparison.Ordinal) ? sql
            : EmptyList().Replace(sql, match => match.Groups["not"].Success ? "<> all('{}')" : "= any('{}')");

    private NpgsqlCommand Ready()
    {
        foreach (NpgsqlParameter parameter in inner.Parameters)
        {
            if (parameter.Value is string text && PostgresText.Fit(text) is var fit && !ReferenceEquals(fit, text))
                parameter.Value = fit;
            else if (parameter.Value is string?[] texts)
                parameter.Value = PostgresText.Fit(texts);
        }
        return inner;
    }

    [GeneratedRegex(@"(?<not>\bnot\s+)?\bin\s+\(SELECT @\w+ WHERE 1 = 0\)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyList();
}
