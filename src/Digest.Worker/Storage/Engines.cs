using System.Data.Common;
using Digest.Worker.Settings;
using Digest.Worker.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Digest.Worker.Storage;

/// <summary>Which engine a connection string is for: a <c>Host</c> is PostgreSQL's, a <c>Data Source</c> is SQLite's.</summary>
internal static class Engines
{
    private const string Key = "Storage:ConnectionString";

    /// <exception cref="SettingException">It is no engine's; the message names <paramref name="setting"/> and never a password.</exception>
    public static Engine Of(string connectionString, string setting = Key)
    {
        try
        {
            var words = new DbConnectionStringBuilder { ConnectionString = connectionString };
            if (words.ContainsKey("Host") || words.ContainsKey("Server"))
            {
                var postgres = new NpgsqlConnectionStringBuilder(connectionString);
                return string.IsNullOrWhiteSpace(postgres.Database) ? throw new ArgumentException("it names no Database") : Engine.Postgres;
            }
            var sqlite = new SqliteConnectionStringBuilder(connectionString);
            return string.IsNullOrWhiteSpace(sqlite.DataSource) ? throw new ArgumentException("it names neither a Data Source nor a Host") : Engine.Sqlite;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            // Null where a value could be shown: it may hold a password.
            throw new SettingException(setting, connectionString.Contains("ass", StringComparison.OrdinalIgnoreCase) ? "(not shown)" : connectionString,
                $"a connection string such as 'Data Source=data/digest.db' (SQLite) or 'Host=db;Database=digest;Username=digest;Password=...' (PostgreSQL): {e.Message}");
        }
    }

    public static IDialect Create(Engine engine, StorageOptions options, TimeProvider time) => engine switch
    {
        Engine.Postgres => new PostgresDialect(options, time),
        _ => new SqliteDialect(options),
    };
}

internal enum Engine
{
    Sqlite,
    Postgres,
}
