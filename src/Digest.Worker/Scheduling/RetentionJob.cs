using Digest.Worker.Retention;
using Digest.Worker.Telemetry;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Forgets what is older than the settings say.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(Forget useCase) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("retention");
        await useCase.RunAsync(cancellationToken);
    }
}
