using Digest.Worker.Workers;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>
/// Whoever takes the schedule over from a worker that is gone does at once what that one may have left undone: its own next tick may be a day off.
/// </summary>
internal sealed partial class TakenOver(WorkerShare share, ISchedulerFactory schedulers, ILogger<TakenOver> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        share.ScheduleTaken += Begin;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        share.ScheduleTaken -= Begin;
        return Task.CompletedTask;
    }

    private void Begin() => _ = BeginAsync();

    private async Task BeginAsync()
    {
        LogTakenOver();
        try
        {
            var scheduler = await schedulers.GetScheduler();
            foreach (var job in new[] { typeof(HarvestJob), typeof(MailboxJob), typeof(WatchJob), typeof(RetentionJob) })
                await scheduler.TriggerJob(new JobKey(job.Name));
        }
        catch (SchedulerException)
        {
            // The service is about to end.
        }
    }

    [LoggerMessage(6202, LogLevel.Information, "This worker has taken the schedule over: harvest, mailbox, watch and retention are its own now")]
    private partial void LogTakenOver();
}
