using Digest.Worker.Papers;
using Digest.Worker.Telemetry;
using Digest.Worker.Workers;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Asks every source for what is new.</summary>
[DisallowConcurrentExecution]
internal sealed class HarvestJob(Harvest useCase, WorkerShare share) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("harvest");
        await share.DoForAllAsync(useCase.RunAsync, cancellationToken);
    }
}
