namespace Digest.Worker.Web.Own;

internal static class OwnSetup
{
    public static IServiceCollection AddOwn(this IServiceCollection services) => services
        .AddSingleton<OwnPages>()
        .AddSingleton<OwnDoor>()
        .AddSingleton<OwnActs>()
        .AddSingleton<ArchiveDoor>()
        .AddSingleton<NewAddressDoor>();

    public static void MapOwn(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<OwnDoor>().Map(app);
        app.ServiceProvider.GetRequiredService<OwnActs>().Map(app);
        app.ServiceProvider.GetRequiredService<ArchiveDoor>().Map(app);
        app.ServiceProvider.GetRequiredService<NewAddressDoor>().Map(app);
    }
}
