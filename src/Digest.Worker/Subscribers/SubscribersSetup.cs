using Digest.Worker.Subscribers.Bounces;

namespace Digest.Worker.Subscribers;

internal static class SubscribersSetup
{
    public static IServiceCollection AddSubscribers(this IServiceCollection services) => services
        .AddSingleton<SubscriberStore>()
        .AddSingleton<SuppressionStore>()
        .AddSingleton<BounceStore>()
        .AddSingleton<Letters>()
        .AddSingleton<Subscriptions>()
        .AddSingleton<SignUps>();
}
