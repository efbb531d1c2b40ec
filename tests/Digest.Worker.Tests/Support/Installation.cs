using Digest.Worker.Storage;
using Digest.Worker.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Worker.Tests.Support;

/// <summary>A whole service with a database and a data folder of its own, built but not started; gone at the end of the test.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsFolder;
    private bool isServing;

    private Installation(WebApplication app, string folder, bool ownsFolder) => (this.app, Folder, this.ownsFolder) = (app, folder, ownsFolder);

    public string Folder { get; }

    public Database Database => Get<Database>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <param name="folder">An existing installation's folder, to start on it again; null for a new one.</param>
    public static async Task<Installation> CreateAsync(
        TimeProvider? time = null, IReadOnlyDictionary<string, string?>? settings = null, string? folder = null, Action<WebApplicationBuilder>? adjust = null)
    {
        var place = folder ?? Directory.CreateTempSubdirectory("digest-test-").FullName;
        var all = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = TestDatabase.ConnectionString(place),
            ["Storage:DataFolder"] = place,
            ["Sender:From"] = "digest@lists.example.org",
            ["Web:OperatorUrls"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        var app = DigestHost.Build(time ?? TestDatabase.Clock, all, adjust: builder =>
        {
            builder.Logging.ClearProviders();
            adjust?.Invoke(builder);
        });
        try
        {
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new Installation(app, place, folder is null);
    }

    /// <summary>Opens the HTTP doors (<c>Web:Urls</c>), without the schedule.</summary>
    public async Task ServeAsync()
    {
        app.MapDoors();
        await app.StartAsync();
        isServing = true;
    }

    public async ValueTask DisposeAsync()
    {
        // Disposing tells what runs in the background to end and does not wait for it: it would still write into the folder.
        try
        {
            if (isServing)
                await app.StopAsync();
        }
        finally
        {
            await app.DisposeAsync();
        }
        if (!ownsFolder)
            return;
        TestDatabase.Drop(Folder);
        Directory.Delete(Folder, recursive: true);
    }
}
