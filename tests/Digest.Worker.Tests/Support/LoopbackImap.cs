using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A small IMAP server on loopback with an empty inbox: for what a real one cannot be made to do, such as being down for a while, or
/// showing what it was sent before it was sure of the client.
/// </summary>
internal sealed class LoopbackImap : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly Task accepting;

    public LoopbackImap()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Null: no encryption is offered.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool TlsFromTheStart { get; init; }

    /// <summary>What AUTHENTICATE XOAUTH2 must carry, decoded.</summary>
    public string? OAuth { get; set; }

    /// <summary>Each connection is closed without a word.</summary>
    public bool IsDown { get; set; }

    /// <summary>Called at each connection.</summary>
    public Action? Connected { get; init; }

    /// <summary>Every line that a client sent, and whether it went over an encrypted connection.</summary>
    public ConcurrentQueue<(string Line, bool Encrypted)> Lines { get; } = new();

    public bool Saw(string command) => Lines.Any(line => line.Line.Contains(command, StringComparison.OrdinalIgnoreCase));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connected?.Invoke();
                conversations.Add(Task.Run(() => ConverseAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (!IsDown)
                    await new ImapConversation(this, client.GetStream(), stop.Token).RunAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, or the test ended.
            }
        }
    }
}
