using System.Diagnostics;

namespace Digest.Worker.Tests.Support;

/// <summary>The real program in a process of its own, so that it can be killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;

    private WorkerProcess(Process process) => this.process = process;

    /// <param name="settings">Handed over as environment variables.</param>
    public static WorkerProcess Start(string folder, IReadOnlyDictionary<string, string?> settings, params string[] arguments) => StartIn(null, folder, settings, arguments);

    /// <param name="network">Where it is at home; null: where we are.</param>
    public static WorkerProcess StartIn(OwnNetwork? network, string folder, IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        string[] command = [.. network?.Entrance ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "Digest.Worker.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Storage__ConnectionString"] = TestDatabase.ConnectionString(folder);
        start.Environment["Storage__DataFolder"] = folder;
        start.Environment["Sender__From"] = "digest@lists.example.org";
        start.Environment["Web__OperatorUrls"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Default"] = "None";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WorkerProcess(process);
    }

    public bool HasEnded => process.HasExited;

    /// <summary>SIGKILL: nothing of the program runs any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code that follows.</summary>
    public async Task<int> TerminateAsync()
    {
        if (!process.HasExited)
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
                await kill.WaitForExitAsync();
        return await WaitAsync();
    }

    public async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
