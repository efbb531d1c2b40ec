using Digest.Worker.Delivery;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Sends what is due in the outbox.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverJob(DeliveryRun useCase) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await useCase.RunAsync(cancellationToken);
}
