using Digest.Templates;
using Digest.Worker.Access;
using Digest.Worker.Alerts;
using Digest.Worker.Delivery;
using Digest.Worker.Health;
using Digest.Worker.Issues;
using Digest.Worker.Mailbox;
using Digest.Worker.Operations;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;
using Digest.Worker.Retention;
using Digest.Worker.Scheduling;
using Digest.Worker.Settings;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Telemetry;
using Digest.Worker.Web;
using Digest.Worker.Workers;
using Microsoft.Extensions.Logging.Console;

namespace Digest.Worker;

/// <summary>The one place that knows every room and wires them.</summary>
internal static partial class DigestHost
{
    /// <summary>Every room with its settings; a room's own faults do not hide another's.</summary>
    private static readonly Action<IServiceCollection, IConfiguration>[] Rooms =
    [
        (services, settings) => services.AddStorage(settings),
        (services, settings) => services.AddTelemetry(settings),
        (services, _) => services.AddOutbox(),
        (services, _) => services.AddWorkers(),
        (services, settings) => services.AddAlerts(settings),
        (services, _) => services.AddSubscribers(),
        (services, _) => services.AddAccess(),
        (services, settings) => services.AddPapers(settings),
        (services, settings) => services.AddIssues(settings),
        (services, settings) => services.AddDelivery(settings),
        (services, settings) => services.AddMailbox(settings),
        (services, settings) => services.AddRetention(settings),
        (services, settings) => services.AddHealth(settings),
        (services, settings) => services.AddWeb(settings),
        (services, _) => services.AddSingleton<Restore>().AddSingleton(provider => new Lazy<EraseAgain>(provider.GetRequiredService<EraseAgain>)).AddSingleton<Doctor>().AddSingleton(provider => new Lazy<DoorProbe>(provider.GetRequiredService<DoorProbe>)).AddSingleton<TestMail>(),
    ];

    /// <summary>Builds the service, not yet started.</summary>
    /// <param name="time">The clock of everything: Quartz, Polly and our own code.</param>
    /// <param name="settings">Settings that win over file and environment, for the demo and for tests.</param>
    /// <param name="serving">With the schedule: the service runs until it is told to stop. Without: a verb does one thing.</param>
    /// <exception cref="SettingException">Settings cannot be used; every fault is named.</exception>
    /// <exception cref="TemplateException">An operator's template cannot be used.</exception>
    public static WebApplication Build(TimeProvider time, IReadOnlyDictionary<string, string?>? settings = null, bool serving = false,
        Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = CreateBuilder(time, settings);
        try
        {
            if (SecretFiles.FaultsOf(builder.Configuration) is { Count: > 0 } unread)
                throw new SettingException(unread);
            foreach (var add in Rooms)
                add(builder.Services, builder.Configuration);
            builder.Services.AddScheduling(builder.Configuration, serving);
        }
        catch (SettingException first)
        {
            // A key that nobody reads is often the reason why another is missing.
            var unknown = UnknownSettings.Find(builder.Configuration).Select(line => new SettingFault("", line));
            throw new SettingException([.. Faults(builder.Configuration) is { Count: > 0 } faults ? faults : first.Faults, .. unknown]);
        }
        // A verb's own answer is on standard output, for pipes; what it logs goes beside it.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = serving ? LogLevel.None : LogLevel.Trace);
        builder.ListenAtDoors();
        if (serving)
            builder.Services.AddMeters();
        adjust?.Invoke(builder);
        var app = builder.Build();
        // Compiled now: a broken template stops the start, not the morning's issues.
        app.Services.GetRequiredService<MailTemplates>();
        foreach (var line in UnknownSettings.Find(app.Configuration))
            LogUnknown(app.Logger, line);
        return app;
    }

    /// <summary>Settings, clock and log; no room yet.</summary>
    public static WebApplicationBuilder CreateBuilder(TimeProvider time, IReadOnlyDictionary<string, string?>? settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ((IConfigurationBuilder)builder.Configuration).Add(new SecretFiles(builder.Configuration));
        if (settings is not null)
            builder.Configuration.AddInMemoryCollection(settings);
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = LogWriter.FormatterName);
        builder.Services.AddSingleton(time);
        return builder;
    }

    /// <summary>Every fault of the settings, one line each.</summary>
    public static IReadOnlyList<SettingFault> Faults(IConfiguration configuration) =>
        [.. SecretFiles.FaultsOf(configuration), .. SettingFaults.Find(configuration, [.. Rooms, (services, settings) => services.AddScheduling(settings, serving: false)])];

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Unknown}")]
    private static partial void LogUnknown(ILogger logger, string unknown);
}
