using Digest.Worker.Storage;

namespace Digest.Worker.Health.Checks;

/// <summary>What is stored is sound, as far as the engine can tell; on SQLite it takes as long as reading the whole file.</summary>
internal sealed class IntegrityCheck(Database database)
{
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken) =>
        await database.FaultAsync(cancellationToken) is { } fault
            ? new CheckResult("integrity", CheckState.Failure, "The database is damaged.") { Detail = fault, Remedy = "Stop the service, keep the damaged database, and 'restore' the last backup: nothing that was sent is sent again." }
            : CheckResult.Ok("integrity", "The database is sound.");
}
