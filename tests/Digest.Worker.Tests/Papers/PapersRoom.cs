using Digest.Worker.Alerts;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Wire;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digest.Worker.Tests.Papers;

/// <summary>The papers room with its real parts on a fresh database.</summary>
internal sealed class PapersRoom : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digest-papers-").FullName;
    private readonly ServiceProvider services;

    private PapersRoom(TimeProvider time, IReadOnlyDictionary<string, string?> settings, WireLimits? wire)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = TestDatabase.ConnectionString(folder),
            ["Storage:DataFolder"] = folder,
        }).Build();
        var parts = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddStorage(configuration)
            .AddOutbox()
            .AddAlerts(configuration)
            .AddPapers(configuration);
        if (wire is not null)
            parts.AddSingleton(wire);
        services = parts.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public string Folder => folder;

    public PaperStore Store => services.GetRequiredService<PaperStore>();

    public static Task<PapersRoom> OpenAsync(TimeProvider time, params (string Key, string Value)[] settings) => OpenAsync(time, null, settings);

    public static async Task<PapersRoom> OpenAsync(TimeProvider time, WireLimits? wire, params (string Key, string Value)[] settings)
    {
        var room = new PapersRoom(time, settings.ToDictionary(setting => $"Papers:{setting.Key}", setting => (string?)setting.Value), wire);
        await room.Get<Migrations>().ApplyAsync(CancellationToken.None);
        return room;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public Task<HarvestReport> HarvestAsync() => Get<Harvest>().RunAsync(CancellationToken.None);

    public Task<IReadOnlyList<Paper>> PapersAsync() => Store.NewerThanAsync(0, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        TestDatabase.Drop(folder);
        Directory.Delete(folder, recursive: true);
    }
}
