using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Telemetry;
using Digest.Worker.Workers;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Composes the issues that are due for this worker's part of the subscribers.</summary>
[DisallowConcurrentExecution]
internal sealed class ComposeJob(ComposeIssues useCase, FirstHarvest firstHarvest, WorkerShare share) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("compose");
        if (await firstHarvest.IsOverAsync(cancellationToken))
            await useCase.WhenReadyAsync(() => share.HasAllShards ? null : share.Shards, cancellationToken);
    }
}
