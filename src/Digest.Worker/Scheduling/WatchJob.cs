using Digest.Worker.Health;
using Digest.Worker.Telemetry;
using Digest.Worker.Workers;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Looks whether all is well, and tells the operator when it is not.</summary>
[DisallowConcurrentExecution]
internal sealed class WatchJob(Watch useCase, WorkerShare share) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("watch");
        await share.DoForAllAsync(useCase.RunAsync, cancellationToken);
    }
}
