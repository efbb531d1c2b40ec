namespace Digest.Worker.Tests.Support;

/// <summary>A test that needs a PostgreSQL: skipped, and says so, where <c>tests/postgres</c> has not started one.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!TestDatabase.HasPostgres)
            Skip = TestDatabase.NoPostgres;
    }
}
