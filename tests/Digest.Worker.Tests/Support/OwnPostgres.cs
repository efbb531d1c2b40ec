using System.Diagnostics;
using System.Net;

namespace Digest.Worker.Tests.Support;

/// <summary>A PostgreSQL that one test has for itself and may stop.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.Folder, "tests", "postgres");

    private readonly string folder;

    private OwnPostgres(string folder, string connectionString) => (this.folder, ConnectionString) = (folder, connectionString);

    public string ConnectionString { get; }

    /// <param name="at">An address of this machine at which it is reached beside loopback.</param>
    public static async Task<OwnPostgres> StartAsync(params IPAddress[] at)
    {
        var folder = Directory.CreateTempSubdirectory("digest-postgres-").FullName;
        return new OwnPostgres(folder, (await RunAsync("start", folder, [.. at.Select(address => $"{address}")])).Trim());
    }

    public Task StopAsync() => RunAsync("stop", folder);

    /// <summary>Stops it at once, as a crash does, where it runs, and starts it on the same port.</summary>
    public Task RestartAsync() => RunAsync("restart", folder);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop", folder);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> RunAsync(string verb, string folder, params string[] at)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Script, verb, folder, .. at]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"tests/postgres {verb} ended with {process.ExitCode}");
    }
}
