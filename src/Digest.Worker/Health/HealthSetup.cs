using Digest.Worker.Health.Checks;
using Digest.Worker.Health.Dns;

namespace Digest.Worker.Health;

internal static class HealthSetup
{
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(HealthPace.Of(Seconds(configuration, "HarvestSeconds"), Seconds(configuration, "ComposeSeconds"), Seconds(configuration, "DeliverSeconds")))
        .AddSingleton<HealthStore>()
        .AddSingleton<ICheck, DatabaseCheck>()
        .AddSingleton<ICheck, DiskCheck>()
        .AddSingleton<ICheck, SourcesCheck>()
        .AddSingleton<ICheck, DigestCheck>()
        .AddSingleton<ICheck, RelayCheck>()
        .AddSingleton<ICheck, MailboxCheck>()
        .AddSingleton(new SenderDns())
        .AddSingleton<ICheck, DnsCheck>()
        .AddSingleton<IntegrityCheck>()
        .AddSingleton<OutsideCheck>()
        .AddSingleton<StatisticsStore>()
        .AddSingleton<MeasureStore>()
        .AddSingleton<Gauges>()
        .AddSingleton<Readiness>()
        .AddSingleton<Watch>();

    // Checked where the schedule is set up.
    private static TimeSpan Seconds(IConfiguration configuration, string name) =>
        int.TryParse(configuration[$"Schedule:{name}"], out var seconds) && seconds is > 0 and <= 86400 ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
}
