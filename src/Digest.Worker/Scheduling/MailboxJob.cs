using Digest.Worker.Mailbox;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Reads what came back by mail.</summary>
[DisallowConcurrentExecution]
internal sealed class MailboxJob(MailboxRun useCase) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await useCase.RunAsync(cancellationToken);
}
