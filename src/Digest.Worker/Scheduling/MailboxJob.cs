using Digest.Worker.Mailbox;
using Digest.Worker.Telemetry;
using Digest.Worker.Workers;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Reads what came back by mail.</summary>
[DisallowConcurrentExecution]
internal sealed class MailboxJob(MailboxRun useCase, WorkerShare share) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("mailbox");
        await share.DoForAllAsync(useCase.RunAsync, cancellationToken);
    }
}
