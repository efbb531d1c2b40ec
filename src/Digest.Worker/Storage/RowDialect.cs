using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>Runs a statement over <see cref="GivenRows"/>, and reads the texts of many rows, in the engine's own way.</summary>
internal abstract class RowDialect
{
    /// <summary>Runs an insert.</summary>
    /// <returns>How many rows were inserted.</returns>
    public abstract Task<int> InsertAsync(DbTransaction transaction, RowInsert insert, GivenRows rows);

    /// <summary>The same.</summary>
    /// <param name="key">A given column, and the table's, of whole numbers.</param>
    /// <returns>The keys of those that were inserted with the <c>id</c> that each was given, in no order.</returns>
    public abstract Task<IReadOnlyList<(long Key, long Id)>> InsertAsync(DbTransaction transaction, RowInsert insert, string key, GivenRows rows);

    /// <summary>Runs one.</summary>
    /// <returns>The keys of the rows that it changed, in no order.</returns>
    public async Task<IReadOnlyList<long>> ChangeAsync(DbTransaction transaction, RowChange change) =>
        change.Rows.Count == 0 ? [] : (await ChangeAsync(transaction, null, [change]))[0];

    /// <summary>Runs several in their order, in one round trip where the engine stands at the end of a network.</summary>
    /// <param name="before">A statement that goes before them on the same way; null: none.</param>
    /// <returns>For each the keys of the rows that it changed, in no order; none for one that inserts.</returns>
    public abstract Task<IReadOnlyList<IReadOnlyList<long>>> ChangeAsync(DbTransaction transaction, string? before, IReadOnlyList<RowChange> changes);

    /// <summary>The condition that a column is one of these numbers, in a command that has one such; it may give the command a value <c>@among</c>.</summary>
    public abstract SqlPart Among(DbCommand command, IReadOnlyCollection<long> numbers);

    /// <summary>The texts of the rows that a reader goes through.</summary>
    public virtual RowTexts Texts(DbDataReader rows) => new(rows);
}
