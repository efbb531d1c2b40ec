using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Digest.Worker.Tests.Support;

/// <summary>A small SMTP server on loopback: speaks the protocol, behaves as its script says, and keeps what it accepted.</summary>
internal sealed class LoopbackSmtp : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly Task accepting;
    private int connections;

    /// <param name="port">0: one of the tests' own.</param>
    public LoopbackSmtp(SmtpScript? script = null, X509Certificate2? certificate = null, bool tlsFromTheStart = false, int port = 0)
    {
        listener = port == 0 ? Ports.Listen() : new TcpListener(IPAddress.Loopback, port);
        Script = script ?? new SmtpScript();
        Certificate = certificate;
        TlsFromTheStart = tlsFromTheStart;
        listener.Start();
        accepting = AcceptAsync();
    }

    public SmtpScript Script { get; }

    public X509Certificate2? Certificate { get; }

    public bool TlsFromTheStart { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What was accepted with 250, and what was taken before a scripted drop.</summary>
    public ConcurrentQueue<RecordedMail> Mails { get; } = new();

    /// <summary>Every line that a client sent outside of DATA.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public int Connections => Volatile.Read(ref connections);

    public Dictionary<string, string?> Settings(int sessions = 2) => new()
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = $"{Port}",
        ["Smtp:Connections"] = $"{sessions}",
    };

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
                client.NoDelay = true;
                Interlocked.Increment(ref connections);
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
                await new SmtpConversation(this, client.GetStream(), stop.Token).RunAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, or the test ended.
            }
        }
    }
}
