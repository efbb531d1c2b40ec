using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>
/// All that differs between database engines. The stores' SQL is the common part of SQLite and PostgreSQL
/// (<c>on conflict</c>, <c>returning</c>, integers for booleans, UTC text for times); nothing else may branch on the engine.
/// </summary>
internal interface IDialect
{
    /// <summary>The folder of embedded migrations: <c>migrations/NAME/NNN-title.sql</c>.</summary>
    string Name { get; }

    /// <summary>Finding papers by words: no two engines have the same.</summary>
    WordSearch WordSearch { get; }

    /// <summary>A new connection, not yet open.</summary>
    DbConnection CreateConnection();

    /// <summary>Writes a whole copy of the database, as of one moment, into a new file; who writes meanwhile is not held up.</summary>
    Task CopyAsync(DbConnection connection, string path, CancellationToken cancellationToken);

    /// <summary>Sets what a connection needs after each open.</summary>
    Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that holds the right to write from its first statement on.</summary>
    Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);
}
