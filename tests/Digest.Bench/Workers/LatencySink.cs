using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Digest.Bench.Workers;

/// <summary>A server that takes every message and answers its final dot after a time: what a distant relay is like.</summary>
internal sealed class LatencySink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TimeSpan latency;
    private int accepted;

    public LatencySink(TimeSpan latency)
    {
        this.latency = latency;
        listener.Start(256);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Accepted => Volatile.Read(ref accepted);

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed: the bench is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var connection = client;
            client.NoDelay = true;
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, false, 1 << 16);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase))
                    await writer.WriteLineAsync("250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
                else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync() is { } part && part != ".")
                    {
                    }
                    await Task.Delay(latency);
                    Interlocked.Increment(ref accepted);
                    await writer.WriteLineAsync("250 2.0.0 taken");
                }
                else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                    await writer.WriteLineAsync("221 bye");
                else
                    await writer.WriteLineAsync("250 ok");
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The worker hung up.
        }
    }
}
