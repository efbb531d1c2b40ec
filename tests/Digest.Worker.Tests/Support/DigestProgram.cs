using System.Diagnostics;

namespace Digest.Worker.Tests.Support;

/// <summary>The built program, run as a process in a folder of its own.</summary>
internal sealed class DigestProgram : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string?> settings;

    public DigestProgram(params (string Key, string? Value)[] settings)
    {
        this.settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={folder.File("digest.db")}",
            ["Storage:DataFolder"] = folder.Path,
            ["Sender:From"] = "digest@lists.example.org",
            ["Web:OperatorUrls"] = "http://127.0.0.1:0",
            ["Delivery:Transport"] = "pickup",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in settings)
            this.settings[key] = value;
    }

    public string Folder => folder.Path;

    public string Pickup => folder.File("pickup");

    public string ConnectionString => $"Data Source={folder.File("digest.db")};Pooling=False";

    public string? this[string key] { set => settings[key] = value; }

    /// <summary>Writes a file into the program's folder and returns its path.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(folder.File(name), content);
        return folder.File(name);
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The same, and it must succeed.</summary>
    public async Task<string> MustAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}:\n{output}\n{error}");
        return output;
    }

    public Process Start(params string[] arguments) => Start(arguments, takesInput: false);

    public Process Start(string[] arguments, bool takesInput)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DigestHost).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = takesInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }

    public void Dispose() => folder.Dispose();
}
