using Digest.Worker.Papers;
using Digest.Worker.Telemetry;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Asks every source for what is new.</summary>
[DisallowConcurrentExecution]
internal sealed class HarvestJob(Harvest useCase) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("harvest");
        await useCase.RunAsync(cancellationToken);
    }
}
