namespace Digest.Worker.Subscribers;

internal static class SubscribersSetup
{
    public static IServiceCollection AddSubscribers(this IServiceCollection services) => services
        .AddSingleton<SubscriberStore>()
        .AddSingleton<SuppressionStore>()
        .AddSingleton<Letters>()
        .AddSingleton<Subscriptions>();
}
