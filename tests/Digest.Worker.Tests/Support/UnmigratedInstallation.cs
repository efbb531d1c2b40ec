using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Worker.Tests.Support;

/// <summary>A service that is built and has not touched its database.</summary>
internal sealed class UnmigratedInstallation : IAsyncDisposable
{
    private readonly WebApplication app;

    public UnmigratedInstallation(TestFolder folder, Dictionary<string, string?> settings)
    {
        settings["Storage:ConnectionString"] = TestDatabase.ConnectionString(folder.Path);
        settings["Storage:DataFolder"] = folder.Path;
        settings["Sender:From"] = "digest@lists.example.org";
        app = DigestHost.Build(TimeProvider.System, settings, adjust: builder => builder.Logging.ClearProviders());
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
