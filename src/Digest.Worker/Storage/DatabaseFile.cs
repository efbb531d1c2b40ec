using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>Where the database lies.</summary>
internal static class DatabaseFile
{
    /// <summary>The whole path.</summary>
    public static string Of(StorageOptions options) => Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource);
}
