using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>Postfix's own test server on a free loopback port; what it takes it may dump into a folder.</summary>
internal sealed class SmtpSink : IDisposable, INeeded
{
    private const string Binary = "/usr/sbin/smtp-sink";

    private readonly Process process;
    private readonly string folder;
    private readonly int port;

    private SmtpSink(Process process, string folder, int port) => (this.process, this.folder, this.port) = (process, folder, port);

    public static string? Missing => File.Exists(Binary) ? null : "smtp-sink is not installed (Debian: apt-get install postfix).";

    public static async Task<SmtpSink> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("digest-sink-").FullName;
        var port = Ports.Free();
        var user = Environment.UserName == "root" ? ["-u", "root"] : Array.Empty<string>();
        var process = Process.Start(new ProcessStartInfo(Binary, [.. user, .. arguments, $"127.0.0.1:{port}", "256"]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        for (var attempt = 0; attempt < 1_200; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return new SmtpSink(process, folder, port);
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
        throw new InvalidOperationException("smtp-sink did not come up");
    }

    public Dictionary<string, string?> Settings(int connections) => new()
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = $"{port}",
        ["Smtp:Connections"] = $"{connections}",
    };

    /// <summary>The mails it dumped.</summary>
    public string[] Dumped() => Directory.GetFiles(folder);

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
