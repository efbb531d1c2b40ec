using Digest.Worker.Papers.Batches;
using Digest.Worker.Papers.Wire;
using Digest.Worker.Settings;

namespace Digest.Worker.Papers;

internal static class PapersSetup
{
    /// <exception cref="SettingException">A setting under <c>Papers</c> cannot be used.</exception>
    public static IServiceCollection AddPapers(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<PapersOptions>("Papers");
        options.Validate();
        return services
            .AddSingleton(options)
            .AddWire()
            .AddSingleton<SourceList>()
            .AddSingleton<PaperStore>()
            .AddSingleton<PaperListStore>()
            .AddSingleton<PaperWordStore>()
            .AddSingleton<ArxivCalendar>()
            .AddSingleton<BatchStore>()
            .AddSingleton<BatchCounting>()
            .AddSingleton<BatchAlarms>()
            .AddSingleton<BatchBook>()
            .AddSingleton<BatchReading>()
            .AddSingleton<FirstHarvest>()
            .AddSingleton<Harvest>();
    }
}
