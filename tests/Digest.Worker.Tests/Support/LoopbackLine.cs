using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A line to a server on loopback. Each piece of what the server says takes its time, so that whoever reads over it can be met at work; and it
/// can be cut as a network is: nobody is told, nothing passes either way, and what was said meanwhile arrives when it is mended.
/// </summary>
internal sealed class LoopbackLine : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private volatile TaskCompletionSource whole = Whole();

    /// <param name="at">Where it is reached; null: on loopback.</param>
    public LoopbackLine(int serverPort, TimeSpan pause, IPAddress? at = null)
    {
        listener = new TcpListener(at ?? IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(serverPort, pause);
    }

    public int Port { get; }

    public void Cut() => whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend() => whole.TrySetResult();

    private static TaskCompletionSource Whole()
    {
        var whole = new TaskCompletionSource();
        whole.SetResult();
        return whole;
    }

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
                await whole.Task.WaitAsync(stopping.Token);
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
