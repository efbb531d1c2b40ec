using Digest.Worker.Issues;
using Digest.Worker.Telemetry;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Composes the issues that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class ComposeJob(ComposeIssues useCase) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("compose");
        await useCase.WhenReadyAsync(cancellationToken);
    }
}
