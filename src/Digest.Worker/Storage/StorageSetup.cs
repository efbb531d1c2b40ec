using Digest.Worker.Settings;

namespace Digest.Worker.Storage;

internal static class StorageSetup
{
    /// <exception cref="SettingException">The connection string is no engine's.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<StorageOptions>("Storage");
        var engine = Engines.Of(options.ConnectionString);
        return services
            .AddSingleton(options)
            .AddSingleton(provider => Engines.Create(engine, options, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<Database>()
            .AddSingleton<Migrations>()
            .AddSingleton<Backup>()
            .AddSingleton<InstallationKey>();
    }
}
