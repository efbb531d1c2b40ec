using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>A line to a server on loopback on which each piece of what the server says takes its time: whoever reads over it can be met at work.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    public SlowLine(int serverPort, TimeSpan pause)
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(serverPort, pause);
    }

    public int Port { get; }

    private async Task AcceptAsync(int serverPort, TimeSpan pause)
    {
        var lines = new List<Task>();
        try
        {
            while (true)
                lines.Add(CarryAsync(await listener.AcceptTcpClientAsync(stopping.Token), serverPort, pause));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(TcpClient client, int serverPort, TimeSpan pause)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, serverPort, stopping.Token);
            await Task.WhenAny(CopyAsync(client, server, TimeSpan.Zero), CopyAsync(server, client, pause));
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, TimeSpan pause)
    {
        var piece = new byte[4_096];
        try
        {
            while (await from.GetStream().ReadAsync(piece, stopping.Token) is > 0 and var length)
            {
                await Task.Delay(pause, stopping.Token);
                await to.GetStream().WriteAsync(piece.AsMemory(0, length), stopping.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is gone, and so is the line.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Stop();
        stopping.Dispose();
    }
}
