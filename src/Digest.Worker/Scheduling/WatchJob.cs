using Digest.Worker.Health;
using Digest.Worker.Telemetry;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Looks whether all is well, and tells the operator when it is not.</summary>
[DisallowConcurrentExecution]
internal sealed class WatchJob(Watch useCase) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("watch");
        await useCase.RunAsync(cancellationToken);
    }
}
