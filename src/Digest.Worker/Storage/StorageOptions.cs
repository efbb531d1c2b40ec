namespace Digest.Worker.Storage;

/// <summary>The settings under <c>Storage</c>.</summary>
internal sealed record StorageOptions
{
    /// <summary>
    /// Where the database is, and so which engine. SQLite: <c>Data Source=PATH</c>; a relative path starts at the working folder. PostgreSQL:
    /// <c>Host=NAME;Database=NAME;Username=NAME;Password=...</c> (https://www.npgsql.org/doc/connection-string-parameters.html).
    /// </summary>
    public string ConnectionString { get; init; } = "Data Source=data/digest.db";

    /// <summary>The folder for what is not in the database: the installation key, raw answers, the pickup folder.</summary>
    public string DataFolder { get; init; } = "data";
}
