using Digest.Worker.Papers;
using Digest.Worker.Storage;
using Digest.Worker.Telemetry;
using Digest.Worker.Workers;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Asks every source for what is new.</summary>
[DisallowConcurrentExecution]
internal sealed class HarvestJob(Harvest useCase, WorkerShare share, Database database) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("harvest");
        // Issues wait for papers: whoever composes need not wait for their next tick as well.
        if (await share.DoForAllAsync(useCase.RunAsync, cancellationToken))
            await database.TellDueAsync(cancellationToken);
    }
}
