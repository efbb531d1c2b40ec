namespace Digest.Worker.Tests.Support;

/// <summary>The PostgreSQL of this run (<see cref="TestDatabase"/>), for tests that need one whatever engine they run on.</summary>
internal abstract class PostgresServer : INeeded
{
    public static string? Missing => TestDatabase.HasPostgres ? null : "No PostgreSQL: DIGEST_TEST_POSTGRES is not set (tests/postgres start FOLDER).";
}
