using System.Data;
using System.Data.Common;
using Digest.Worker.Storage.Copying;

namespace Digest.Worker.Storage;

/// <summary>
/// All that differs between database engines. The stores' SQL is the common part of SQLite and PostgreSQL
/// (<c>on conflict</c>, <c>returning</c>, integers for booleans, UTC text for times); nothing else may branch on the engine.
/// </summary>
internal interface IDialect
{
    /// <summary><c>sqlite</c> or <c>postgres</c>, as migrations name it.</summary>
    string Name { get; }

    /// <summary>Finding papers by words: no two engines have the same.</summary>
    WordSearch WordSearch { get; }

    /// <summary>Statements over many rows.</summary>
    RowDialect Rows { get; }

    /// <summary>The tables as a whole, for copying them.</summary>
    TableDialect Tables { get; }

    /// <summary>Waits, in a transaction that shares the right to write, until no other has this turn; till the transaction's end none has.</summary>
    /// <param name="what">What is done by one after the other: a word of up to eight letters, but not "digest", which is the right to write.</param>
    Task TakeTurnAsync(DbTransaction transaction, string what);

    /// <summary>Now, by the clock that leases go by, in a statement that has <c>@now</c>.</summary>
    SqlPart LeaseNow { get; }

    /// <summary>The end of a lease by the same clock, in a statement that has <c>@now</c> and <c>@until</c>.</summary>
    SqlPart LeaseEnd { get; }

    /// <summary>The same in a statement over given rows that have a <c>now</c> and an <c>until</c> and are all held equally long.</summary>
    SqlPart LeaseEndOfGiven { get; }

    /// <summary>Whether workers of several machines may use the database at once.</summary>
    bool IsForMany { get; }

    /// <summary>A migration in the engine's own words.</summary>
    string Translate(string migration);

    /// <summary>A new connection, not yet open.</summary>
    DbConnection CreateConnection();

    /// <summary>Writes a whole copy of the database, as of one moment, into a new file; who writes meanwhile is not held up.</summary>
    Task CopyAsync(DbConnection connection, string path, CancellationToken cancellationToken);

    /// <summary>Looks whether what is stored can be read as it was written; may take as long as reading all of it.</summary>
    /// <returns>What is damaged; null when nothing is known to be.</returns>
    Task<string?> FaultAsync(CancellationToken cancellationToken);

    /// <summary>Sets what a connection needs after each open.</summary>
    Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Waits until nobody else in this process writes, where the engine has one writer at a time; disposed when the transaction is over.</summary>
    /// <returns>Null: the engine lets writers wait by itself.</returns>
    ValueTask<IDisposable?> TurnToWriteAsync(CancellationToken cancellationToken);

    /// <summary>Tells all who listen, where the engine can those of other processes too, that issues may be due. It is not kept for who listens later.</summary>
    Task TellDueAsync(CancellationToken cancellationToken);

    /// <summary>Listens until it is cancelled, or throws when the connection breaks.</summary>
    /// <param name="heard">Called for each telling, and when the listening begins: what was told before was not heard.</param>
    Task ListenAsync(Action heard, CancellationToken cancellationToken);

    /// <summary>How transactions that write are kept apart.</summary>
    IsolationLevel Isolation { get; }

    /// <summary>The statement that takes the right to write, shared with others, for a transaction that was begun without it; null where beginning is taking it.</summary>
    string? RightToWrite { get; }

    /// <summary>
    /// The statement after which, in its transaction, rows come by the index that has them in the order that is asked for; null where they do anyway.
    /// </summary>
    string? ByOrder { get; }

    /// <summary>Begins a transaction that holds the right to write from its first statement on.</summary>
    /// <param name="shared">Others that share the right may write meanwhile; else nobody does.</param>
    Task<DbTransaction> BeginWriteAsync(DbConnection connection, bool shared, CancellationToken cancellationToken);
}
