using Digest.Worker.Delivery;
using Digest.Worker.Telemetry;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>Sends what is due in the outbox.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverJob(DeliveryRun useCase) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var span = Traces.Begin("deliver");
        await useCase.RunAsync(cancellationToken);
    }
}
