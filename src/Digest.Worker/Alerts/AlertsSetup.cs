using System.Net.Mail;
using Digest.Worker.Settings;

namespace Digest.Worker.Alerts;

internal static class AlertsSetup
{
    /// <exception cref="SettingException">An address cannot be used.</exception>
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<AlertsOptions>("Alerts");
        foreach (var address in options.Recipients)
            if (!MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
                throw new SettingException("Alerts:To", address, "plain addresses such as you@example.org, separated by commas");
        return services.AddSingleton(options).AddSingleton<AlarmStore>().AddSingleton<Alarms>();
    }
}
