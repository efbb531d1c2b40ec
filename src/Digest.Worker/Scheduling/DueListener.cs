using System.Threading.Channels;
using Digest.Worker.Storage;
using Quartz;

namespace Digest.Worker.Scheduling;

/// <summary>
/// Composes as soon as somebody tells that issues may be due, another worker or a verb: papers came, or a reader who is to get theirs at once. What is
/// not heard is found by the next tick.
/// </summary>
internal sealed partial class DueListener(Database database, ISchedulerFactory schedulers, TimeProvider time, ILogger<DueListener> log) : BackgroundService
{
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A thousand that are told one after the other are a few runs.</summary>
    private static readonly TimeSpan PauseAfterBegin = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> heard = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), ComposeAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        for (var pause = PauseAfterTrouble; !stoppingToken.IsCancellationRequested; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            try
            {
                await database.ListenAsync(() =>
                {
                    pause = PauseAfterTrouble;
                    heard.Writer.TryWrite(true);
                }, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Of whatever kind: a worker that no longer listens would not be seen to be deaf.
                LogTrouble(e.Message);
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ComposeAsync(CancellationToken stoppingToken)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(stoppingToken);
            await foreach (var _ in heard.Reader.ReadAllAsync(stoppingToken))
            {
                await scheduler.TriggerJob(new JobKey(nameof(ComposeJob)), stoppingToken);
                await Task.Delay(PauseAfterBegin, time, stoppingToken);
            }
        }
        catch (Exception e) when (e is SchedulerException or OperationCanceledException)
        {
            // The service is about to end.
        }
    }

    [LoggerMessage(6203, LogLevel.Information, "Nobody can call this worker until it is connected again; it looks by itself meanwhile: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
