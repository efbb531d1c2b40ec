using Digest.Worker.Delivery;
using Digest.Worker.Mailbox;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;
using Digest.Worker.Settings;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker;

/// <summary>The one place that knows every room and wires them.</summary>
internal static class DigestHost
{
    /// <summary>Builds the service, not yet started.</summary>
    /// <param name="time">The clock of everything: Quartz, Polly and our own code.</param>
    /// <param name="settings">Settings that win over file and environment, for the demo and for tests.</param>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static WebApplication Build(TimeProvider time, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (settings is not null)
            builder.Configuration.AddInMemoryCollection(settings);
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        builder.Logging.ClearProviders().AddSimpleConsole(console => { console.SingleLine = true; console.TimestampFormat = "HH:mm:ss "; });

        builder.Services.AddSingleton(time);
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddOutbox();
        builder.Services.AddSubscribers();
        builder.Services.AddDelivery(builder.Configuration);
        builder.Services.AddPapers(builder.Configuration);
        builder.Services.AddMailbox(builder.Configuration);

        adjust?.Invoke(builder);
        return builder.Build();
    }
}
