namespace Digest.Worker.Access;

internal static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services) =>
        services.AddSingleton<AccessKeyStore>().AddSingleton<AccessKeys>().AddSingleton<RememberedAnswerStore>();
}
