using Digest.Worker.Retention;
using Digest.Worker.Telemetry;
using Digest.Worker.Workers;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Forgets what is older than the settings say.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(Forget useCase, WorkerShare share) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("retention");
        await share.DoForAllAsync(useCase.RunAsync, cancellationToken);
    }
}
