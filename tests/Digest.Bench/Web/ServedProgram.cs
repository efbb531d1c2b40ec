using System.Diagnostics;
using System.Globalization;
using Digest.Worker;
using Digest.Worker.Tests.Support;

namespace Digest.Bench.Web;

/// <summary>The program as it is run, in a process of its own, over a stored installation.</summary>
internal sealed class ServedProgram : IDisposable
{
    private readonly Process process;

    private ServedProgram(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    /// <summary>Memory that is in use now, in MB.</summary>
    public long Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 >> 20;
        }
    }

    public static async Task<ServedProgram> StartAsync(StoredPapers stored, int port, IReadOnlyDictionary<string, string?> settings)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var nothing = Path.Combine(stored.Folder, "nothing.jsonl");
        await File.WriteAllTextAsync(nothing, "");
        var start = new ProcessStartInfo("dotnet", [typeof(DigestHost).Assembly.Location, "serve"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in new Dictionary<string, string?>
        {
            ["Storage__ConnectionString"] = stored.ConnectionString,
            ["Storage__DataFolder"] = stored.Folder,
            ["Sender__From"] = "digest@lists.example.org",
            ["Sender__Name"] = "Daily Papers",
            ["Papers__Sources__0__Kind"] = "file",
            ["Papers__Sources__0__Path"] = nothing,
            ["Web__Urls"] = address,
            ["Web__OperatorUrls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}"),
            ["Web__PublicUrl"] = address,
            ["Web__RequestsPerMinute"] = "1000000",
            ["Delivery__PerSecond"] = "1000000",
            ["Delivery__DomainConnections"] = "1000",
            ["Logging__LogLevel__Default"] = "Warning",
        }.Concat(settings))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var served = new ServedProgram(process, address);
        using var http = new HttpClient();
        for (var i = 0; ; i++)
        {
            try
            {
                await http.GetStringAsync(new Uri(address));
                return served;
            }
            catch (HttpRequestException) when (i < 300)
            {
                if (process.HasExited)
                    throw new InvalidOperationException("the program ended; BENCH_LOG=1 shows what it said");
                await Task.Delay(100);
            }
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static void Tell(string? line)
    {
        if (Environment.GetEnvironmentVariable("BENCH_LOG") is { Length: > 0 })
            Console.WriteLine(line);
    }
}
