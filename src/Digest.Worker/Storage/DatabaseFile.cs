using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>Where a SQLite database lies.</summary>
internal static class DatabaseFile
{
    /// <summary>The whole path.</summary>
    /// <exception cref="BackupException">The database is in no file of ours.</exception>
    public static string Of(StorageOptions options) => Engines.Of(options.ConnectionString) == Engine.Sqlite
        ? Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource)
        : throw new BackupException("The database is in PostgreSQL: its own pg_dump and pg_restore are for it. A backup file is restored where Storage:ConnectionString is a SQLite file.");
}
