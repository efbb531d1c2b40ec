using Digest.Worker.Settings;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

internal static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<StorageOptions>("Storage");
        try
        {
            _ = new SqliteConnectionStringBuilder(options.ConnectionString);
        }
        catch (ArgumentException e)
        {
            throw new SettingException("Storage:ConnectionString", options.ConnectionString, $"a SQLite connection string such as 'Data Source=data/digest.db' ({e.Message})");
        }
        return services
            .AddSingleton(options)
            .AddSingleton<IDialect, SqliteDialect>()
            .AddSingleton<Database>()
            .AddSingleton<Migrations>()
            .AddSingleton<Backup>()
            .AddSingleton<InstallationKey>();
    }
}
