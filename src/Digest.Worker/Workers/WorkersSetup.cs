namespace Digest.Worker.Workers;

internal static class WorkersSetup
{
    public static IServiceCollection AddWorkers(this IServiceCollection services) => services
        .AddSingleton<LeaseStore>()
        .AddSingleton<WorkerShare>()
        .AddHostedService<WorkerBeat>();
}
