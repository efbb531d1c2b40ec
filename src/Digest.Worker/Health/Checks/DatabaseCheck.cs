using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Health.Checks;

/// <summary>The database is there, up to date, and can be written.</summary>
internal sealed class DatabaseCheck(Migrations migrations, HealthStore store) : ICheck
{
    private const string Key = "database";

    public bool IsVital => true;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(cancellationToken);
            return await migrations.AreAppliedAsync(cancellationToken)
                ? [CheckResult.Ok(Key, "The database can be read and written.")]
                : [new CheckResult(Key, CheckState.Failure, "The database is not at the version of this program.") { Remedy = "Run 'migrate', or the program that this database belongs to." }];
        }
        catch (DbException e)
        {
            return [new CheckResult(Key, CheckState.Failure, "The database cannot be written.") { Detail = e.Message, Remedy = "Look at the disk (space, errors), at who owns the file (uid 1654 in the container) and at Storage:ConnectionString. Nothing is sent meanwhile, and nothing is lost." }];
        }
    }
}
