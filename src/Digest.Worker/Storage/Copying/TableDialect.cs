using System.Data.Common;

namespace Digest.Worker.Storage.Copying;

/// <summary>What an engine tells of its tables, and how it takes many rows at once.</summary>
internal abstract class TableDialect
{
    // The engine's own form of the papers' words and the note of which are missing are made anew by the target; so is the list of migrations.
    protected static bool IsCopied(string table) =>
        table is not ("schema_migration" or "storage_copy" or "paper_unread" or "paper_read") && !table.StartsWith("paper_words", StringComparison.Ordinal) && !table.StartsWith("paper_vocabulary", StringComparison.Ordinal);

    /// <summary>The tables whose rows are copied.</summary>
    public abstract Task<IReadOnlyList<TableShape>> TablesAsync(DbConnection connection);

    /// <summary>Puts rows in; values in the order of the table's columns.</summary>
    public abstract Task InsertAsync(DbTransaction transaction, TableShape table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>The last number that was given to a row, also one that is gone: it is never given again.</summary>
    public abstract Task<long> LastNumberAsync(DbConnection connection, TableShape table);

    public abstract Task SetLastNumberAsync(DbTransaction transaction, TableShape table, long last);

    /// <summary>How many other programs have the database open, as far as the engine knows.</summary>
    public abstract Task<long> OthersAsync(DbConnection connection);

    /// <summary>The database in few words, without a password.</summary>
    public abstract string Describe(DbConnection connection);

    protected static ColumnType TypeOf(string name) => name.ToUpperInvariant() switch
    {
        "INTEGER" or "BIGINT" => ColumnType.Number,
        "REAL" or "DOUBLE PRECISION" => ColumnType.Real,
        "TEXT" => ColumnType.Text,
        "BLOB" or "BYTEA" => ColumnType.Octets,
        _ => throw new NotSupportedException($"A column of type {name} cannot be copied."),
    };
}
