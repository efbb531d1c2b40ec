using Digest.Worker.Subscribers.Bounces;
using Digest.Worker.Subscribers.Learning;
using Digest.Worker.Subscribers.Own;

namespace Digest.Worker.Subscribers;

internal static class SubscribersSetup
{
    public static IServiceCollection AddSubscribers(this IServiceCollection services) => services
        .AddSingleton<SubscriberStore>()
        .AddSingleton<SuppressionStore>()
        .AddSingleton<BounceStore>()
        .AddSingleton<Letters>()
        .AddSingleton<Subscriptions>()
        .AddSingleton<SignUps>()
        .AddSingleton<ChangeStore>()
        .AddSingleton<TakeBack>()
        .AddSingleton<OwnLinks>()
        .AddSingleton<OwnWishes>()
        .AddSingleton<LearnedStore>()
        .AddSingleton<Thumbs>()
        .AddSingleton<AddressChangeStore>()
        .AddSingleton<AddressChanges>();
}
