namespace Digest.Worker.Web.Subscribe;

internal static class SubscribeSetup
{
    public static IServiceCollection AddSubscribe(this IServiceCollection services) => services
        .AddSingleton<FormProof>()
        .AddSingleton<SignUpLimits>()
        .AddSingleton<SignUpQueue>()
        .AddHostedService(provider => provider.GetRequiredService<SignUpQueue>())
        .AddSingleton<ProfilePreview>()
        .AddSingleton<PastedExamples>()
        .AddSingleton<InterestProposals>()
        .AddSingleton<FormHelp>()
        .AddSingleton<SubscribeDoor>();
}
