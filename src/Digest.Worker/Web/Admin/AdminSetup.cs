namespace Digest.Worker.Web.Admin;

internal static class AdminSetup
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddSingleton<IAdminPages, MonthPage>()
        .AddSingleton<IAdminPages, SubscriberPages>()
        .AddSingleton<IAdminPages, DeliveryPage>()
        .AddSingleton<IAdminPages, MailboxPage>()
        .AddSingleton<IAdminPages, SourcesPage>()
        .AddSingleton<AdminSession>()
        .AddSingleton<AdminDoors>();
}
