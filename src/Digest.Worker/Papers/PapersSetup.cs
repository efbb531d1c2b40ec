using Digest.Worker.Papers.Sources;
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
        services.AddSingleton(options).AddWire().AddSingleton<PaperStore>().AddSingleton<Harvest>();
        foreach (var source in options.Sources)
            services.AddSingleton(provider => SourceKinds.Find(source.Kind)!.Create(
                new SourceContext(source, provider.GetRequiredService<Fetcher>(), provider.GetRequiredService<TimeProvider>())));
        return services;
    }
}
