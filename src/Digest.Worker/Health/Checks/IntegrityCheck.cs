using Digest.Worker.Storage;

namespace Digest.Worker.Health.Checks;

/// <summary>Every page of the database is sound; takes as long as reading the whole file.</summary>
internal sealed class IntegrityCheck(StorageOptions options)
{
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken) =>
        await SnapshotStore.FaultAsync(DatabaseFile.Of(options), cancellationToken) is { } fault
            ? new CheckResult("integrity", CheckState.Failure, "The database is damaged.") { Detail = fault, Remedy = "Stop the service, keep the file, and 'restore' the last backup: nothing that was sent is sent again." }
            : CheckResult.Ok("integrity", "The database is sound.");
}
