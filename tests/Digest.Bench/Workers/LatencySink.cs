using System.Net;
using System.Net.Sockets;

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
            var mail = new IncomingMail(client.GetStream());
            await mail.AnswerAsync("220 sink");
            while (await mail.CommandAsync() is { } command)
            {
                switch (command)
                {
                    case "EHLO":
                        await mail.AnswerAsync("250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
                        break;
                    case "DATA":
                        await mail.AnswerAsync("354 go on");
                        if (!await mail.SkipMessageAsync())
                            return;
                        await Task.Delay(latency);
                        Interlocked.Increment(ref accepted);
                        await mail.AnswerAsync("250 2.0.0 taken");
                        break;
                    case "QUIT":
                        await mail.AnswerAsync("221 bye");
                        break;
                    default:
                        await mail.AnswerAsync("250 ok");
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The worker hung up.
        }
    }
}
