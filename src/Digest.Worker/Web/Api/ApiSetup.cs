namespace Digest.Worker.Web.Api;

internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<IApiRoutes, SubscriberRoutes>()
        .AddSingleton<IApiRoutes, SubscriptionRoutes>()
        .AddSingleton<IApiRoutes, ProfileRoutes>()
        .AddSingleton<IApiRoutes, PaperRoutes>()
        .AddSingleton<IApiRoutes, IssueRoutes>()
        .AddSingleton<IApiRoutes, DeliveryRoutes>()
        .AddSingleton<IApiRoutes, SuppressionRoutes>()
        .AddSingleton<ApiDoors>();
}
