using Digest.Worker.Settings;

namespace Digest.Worker.Issues;

internal static class IssuesSetup
{
    public static IServiceCollection AddIssues(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<IssuesOptions>("Issues");
        if (options.HoldOverDays is < 0 or > 60)
            throw new SettingException("Issues:HoldOverDays", $"{options.HoldOverDays}", "0 to 60 days");
        if (options.HoldOverPapers is < 0 or > 1000)
            throw new SettingException("Issues:HoldOverPapers", $"{options.HoldOverPapers}", "0 to 1000 papers");
        return services
            .AddSingleton(options)
            .AddSingleton<PaperShelf>()
            .AddSingleton<IssueReadingStore>()
            .AddSingleton<IssueStore>()
            .AddSingleton<IssueRoom>()
            .AddSingleton<Composer>()
            .AddSingleton<ComposeIssues>()
            .AddSingleton<StoreCompositions>()
            .AddSingleton<ResendIssue>()
            .AddSingleton<WhyNot>()
            .AddSingleton<BackTests>()
            .AddSingleton<WelcomeLook>()
            .AddSingleton<IssueExtras>()
            .AddSingleton<IssueRendering>();
    }
}
