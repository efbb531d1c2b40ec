using System.Data.Common;
using System.Globalization;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Health.Checks;

/// <summary>Today's digest is on time: every issue whose slot has come is composed, and what is composed is on its way.</summary>
internal sealed class DigestCheck(HealthStore store, HealthPace pace, BatchReading batches, FirstHarvest firstHarvest, TimeProvider time) : ICheck
{
    private const string Key = "digest";

    public bool IsVital => true;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            var unsent = await store.UnsentAsync(now - pace.SendPatience, cancellationToken);
            if (unsent.Count > 0)
                return [new CheckResult(Key, CheckState.Failure, "The digest is late: issues are composed and not sent.")
                {
                    Detail = string.Create(CultureInfo.InvariantCulture, $"{unsent.Count} issues wait, the oldest since {unsent.Oldest:yyyy-MM-dd HH:mm}Z."),
                    Remedy = "Look at the relay ('doctor', 'deliveries status'); they go out by themselves as soon as it takes them.",
                }];
            var owed = await store.UncomposedAsync(now - pace.ComposePatience, cancellationToken);
            if (owed.Count == 0)
                return [CheckResult.Ok(Key, "Every issue that is due was composed and is on its way.")];
            var verdict = await batches.VerdictAsync(cancellationToken);
            var detail = string.Create(CultureInfo.InvariantCulture, $"{owed.Count} readers are owed an issue, the oldest since {owed.Oldest:yyyy-MM-dd HH:mm}Z.");
            if (verdict.Ready && !await firstHarvest.IsOverAsync(cancellationToken))
                return [new CheckResult(Key, CheckState.Ok, "Issues wait for the first harvest since the service began, ten minutes at most.") { Detail = detail, ToldAfter = null }];
            return verdict.Ready
                ? [new CheckResult(Key, CheckState.Failure, "The digest is late: issues are due and not composed.") { Detail = detail, Remedy = "Read the log for what composing says, and run 'once' by hand." }]
                : [new CheckResult(Key, CheckState.Ok, "Issues wait for a batch that is late and not over its deadline (Papers:Deadline).") { Detail = detail, ToldAfter = null }];
        }
        catch (DbException e)
        {
            return [new CheckResult(Key, CheckState.Failure, "The database cannot be read.") { Detail = e.Message, Remedy = "Look at the line about the database.", ToldAfter = null }];
        }
    }
}
