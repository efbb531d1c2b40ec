using Digest.Worker.Storage;
using Digest.Worker.Storage.Postgres;
using Npgsql;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// The database of a test's data folder: a SQLite file in it, or, where <c>DIGEST_TEST_ENGINE</c> is <c>postgres</c>, a database of its own in the
/// PostgreSQL that <c>DIGEST_TEST_POSTGRES</c> names (<c>tests/postgres start FOLDER</c>). So the same tests run on both engines.
/// </summary>
internal static class TestDatabase
{
    private const string NoteName = "postgres.database";
    private static readonly string? Server = Environment.GetEnvironmentVariable("DIGEST_TEST_POSTGRES");
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    /// <summary>Whether there is a PostgreSQL for tests.</summary>
    public static bool HasPostgres => Server is { Length: > 0 };

    /// <summary>Whether this run's tests keep their data there.</summary>
    public static bool IsPostgres { get; } = HasPostgres && Environment.GetEnvironmentVariable("DIGEST_TEST_ENGINE") == "postgres";

    /// <summary>The system's time. On PostgreSQL it is not the system's clock: tests play with leases, and the database's clock cannot be played.</summary>
    public static TimeProvider Clock { get; } = IsPostgres ? new PlainClock() : TimeProvider.System;

    /// <summary>The connection string for this folder; asked again it is the same database.</summary>
    public static string ConnectionString(string folder)
    {
        if (!IsPostgres)
            return $"Data Source={Path.Combine(folder, "digest.db")};Pooling=False";
        var note = Path.Combine(folder, NoteName);
        if (!File.Exists(note))
            File.WriteAllText(note, Wait(() => CreateAsync(empty: false)));
        return Of(File.ReadAllText(note));
    }

    /// <summary>A new database on the server, without a table.</summary>
    public static async Task<string> CreateEmptyAsync() => Of(await CreateAsync(empty: true));

    /// <summary>A new database on the server, brought up to date, whatever the run's engine is.</summary>
    public static async Task<string> CreatePostgresAsync() => Of(await CreateAsync(empty: false));

    /// <summary>Removes a database that one of these made.</summary>
    public static Task DropPostgresAsync(string connectionString) => RunAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>Removes the database of a folder that is about to go.</summary>
    public static void Drop(string folder)
    {
        if (Path.Combine(folder, NoteName) is var note && File.Exists(note))
            Wait(async () => { await RunAsync($"drop database if exists {File.ReadAllText(note)} with (force)"); return true; });
    }

    // Not on xunit's own few threads: whoever waits holds one of them.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    private static async Task<string> CreateAsync(bool empty)
    {
        var name = $"digest_{Guid.NewGuid():N}";
        await RunAsync(empty ? $"create database {name} strategy file_copy" : $"create database {name} template {await Template.Value} strategy file_copy");
        return name;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var name = await CreateAsync(empty: true);
        await using var dialect = new PostgresDialect(new StorageOptions { ConnectionString = Of(name) }, TimeProvider.System);
        await new Migrations(new Database(dialect), TimeProvider.System).ApplyAsync(CancellationToken.None);
        return name;
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Of(string name) => new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;

    private sealed class PlainClock : TimeProvider;
}
