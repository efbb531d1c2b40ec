namespace Digest.Worker.Storage;

internal static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<IDialect, SqliteDialect>()
        .AddSingleton<Database>()
        .AddSingleton<Migrations>()
        .AddSingleton<InstallationKey>();
}
