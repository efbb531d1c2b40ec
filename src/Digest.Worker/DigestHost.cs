using Digest.Templates;
using Digest.Worker.Alerts;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Mailbox;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;
using Digest.Worker.Scheduling;
using Digest.Worker.Settings;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Web;
using Microsoft.Extensions.Logging.Console;

namespace Digest.Worker;

/// <summary>The one place that knows every room and wires them.</summary>
internal static class DigestHost
{
    /// <summary>Builds the service, not yet started.</summary>
    /// <param name="time">The clock of everything: Quartz, Polly and our own code.</param>
    /// <param name="settings">Settings that win over file and environment, for the demo and for tests.</param>
    /// <param name="serving">With the schedule: the service runs until it is told to stop. Without: a verb does one thing.</param>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    /// <exception cref="TemplateException">An operator's template cannot be used.</exception>
    public static WebApplication Build(TimeProvider time, IReadOnlyDictionary<string, string?>? settings = null, bool serving = false,
        Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (settings is not null)
            builder.Configuration.AddInMemoryCollection(settings);
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        builder.Logging.ClearProviders().AddSimpleConsole(console => { console.SingleLine = true; console.TimestampFormat = "HH:mm:ss "; });

        // A verb's own answer is on standard output, for pipes; what it logs goes beside it.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = serving ? LogLevel.None : LogLevel.Trace);

        builder.Services.AddSingleton(time);
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddOutbox();
        builder.Services.AddAlerts(builder.Configuration);
        builder.Services.AddSubscribers();
        builder.Services.AddPapers(builder.Configuration);
        builder.Services.AddIssues(builder.Configuration);
        builder.Services.AddDelivery(builder.Configuration);
        builder.Services.AddMailbox(builder.Configuration);
        builder.Services.AddWeb(builder.Configuration);
        builder.WebHost.UseUrls(builder.Configuration.Bind<WebOptions>("Web").Urls);
        builder.Services.AddScheduling(builder.Configuration, serving);
        adjust?.Invoke(builder);
        var app = builder.Build();
        // Compiled now: a broken template stops the start, not the morning's issues.
        app.Services.GetRequiredService<MailTemplates>();
        return app;
    }
}
