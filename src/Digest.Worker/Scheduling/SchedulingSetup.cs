using Digest.Worker.Settings;
using Quartz;

namespace Digest.Worker.Scheduling;

internal static class SchedulingSetup
{
    private const int RetentionSeconds = 6 * 3600;

    /// <summary>Quartz as the metronome: six jobs that tick at fixed intervals and never overlap with themselves.</summary>
    /// <param name="serving">False: the settings are only checked, so that a verb finds a fault before the service does.</param>
    /// <exception cref="SettingException">A setting under <c>Schedule</c> cannot be used.</exception>
    public static IServiceCollection AddScheduling(this IServiceCollection services, IConfiguration configuration, bool serving)
    {
        var options = configuration.Bind<ScheduleOptions>("Schedule");
        SettingFaults.CheckAll(
        [
            () => Check("HarvestSeconds", options.HarvestSeconds, 10, 86400),
            () => Check("ComposeSeconds", options.ComposeSeconds, 1, 3600),
            () => Check("DeliverSeconds", options.DeliverSeconds, 1, 3600),
            () => Check("MailboxSeconds", options.MailboxSeconds, 1, 3600),
            () => Check("WatchSeconds", options.WatchSeconds, 10, 3600),
        ]);
        if (!serving)
            return services;
        services.AddQuartz(quartz =>
        {
            Tick<HarvestJob>(quartz, options.HarvestSeconds);
            Tick<ComposeJob>(quartz, options.ComposeSeconds);
            Tick<DeliverJob>(quartz, options.DeliverSeconds);
            Tick<MailboxJob>(quartz, options.MailboxSeconds);
            Tick<WatchJob>(quartz, options.WatchSeconds);
            Tick<RetentionJob>(quartz, RetentionSeconds);
        });
        // Told to stop, a run lets its open messages finish and gives the rest back; without this it would go on until nothing is due.
        services.Configure<QuartzSchedulerOptions>(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
        services.AddHostedService<TakenOver>();
        services.AddHostedService<DueListener>();
        return services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }

    private static void Tick<TJob>(IQuartzBuilder quartz, int seconds) where TJob : IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(job => job.WithIdentity(key));
        quartz.AddTrigger<TJob>(trigger => trigger.ForJob(key).StartNow().WithSimpleSchedule(schedule => schedule
            .WithInterval(TimeSpan.FromSeconds(seconds))
            .RepeatForever()
            // Missed ticks (a machine that slept) come back as one, at once: it sees all that is due.
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount)));
    }

    private static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new SettingException($"Schedule:{name}", $"{value}", $"{least} to {most} seconds");
    }
}
