using System.Globalization;
using Digest.Worker.Retention.Story;
using Digest.Worker.Settings;

namespace Digest.Worker.Retention;

internal static class RetentionSetup
{
    private const int Least = 30;
    private const int Most = 36500;
    private const int Week = 7;
    private const int MostWaiting = 60;

    /// <exception cref="SettingException">A setting under <c>Retention</c> cannot be used.</exception>
    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<RetentionOptions>("Retention");
        SettingFaults.CheckAll(new (string Name, int Days)[]
        {
            ("PapersDays", options.PapersDays), ("IssuesDays", options.IssuesDays), ("MailsDays", options.MailsDays), ("ReturnsDays", options.ReturnsDays), ("LeftDays", options.LeftDays),
        }.Select(setting => (Action)(() => Check(setting.Name, setting.Days))));
        // A paper that is forgotten while it waits would never come.
        var waits = int.TryParse(configuration["Issues:HoldOverDays"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? Math.Min(days, MostWaiting) : 0;
        if (options.PapersDays < waits + Week)
            throw new SettingException("Retention:PapersDays", $"{options.PapersDays}", $"at least {waits + Week} days, because papers wait up to Issues:HoldOverDays ({waits}) for an issue, and a week longer for a weekly one");
        return services.AddSingleton(options).AddSingleton<RetentionStore>().AddSingleton<PersonStore>().AddSingleton<StoryStore>().AddSingleton<SubscriberStory>().AddSingleton<Forget>().AddSingleton<EraseAgain>();
    }

    private static void Check(string name, int days)
    {
        if (days is < Least or > Most)
            throw new SettingException($"Retention:{name}", $"{days}", $"{Least} to {Most} days");
    }
}
