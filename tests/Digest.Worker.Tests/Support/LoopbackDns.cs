using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Digest.Worker.Tests.Support;

/// <summary>A name server on loopback (RFC 1035): TXT, MX and A, else nothing.</summary>
internal sealed class LoopbackDns : IDisposable
{
    private readonly UdpClient udp;

    /// <param name="address">Where it listens; null: at a free port.</param>
    public LoopbackDns(IPEndPoint? address = null)
    {
        udp = new UdpClient(address ?? new IPEndPoint(IPAddress.Loopback, 0));
        _ = Task.Run(ServeAsync);
    }

    public Dictionary<string, string[]> Txt { get; } = [];

    public Dictionary<string, string> Mx { get; } = [];

    public Dictionary<string, IPAddress> A { get; } = [];

    /// <summary>Takes questions and never answers, as behind a firewall that drops.</summary>
    public bool Silent { get; set; }

    public IPEndPoint Address => (IPEndPoint)udp.Client.LocalEndPoint!;

    public void Dispose() => udp.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await udp.ReceiveAsync();
                if (!Silent)
                    await udp.SendAsync(Answer(question.Buffer), question.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private byte[] Answer(byte[] question)
    {
        var at = 12;
        var labels = new List<string>();
        while (question[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
            at += question[at] + 1;
        }
        var (name, type, end) = (string.Join('.', labels).ToLowerInvariant(), question[at + 2], at + 5);
        List<byte[]> records = type switch
        {
            16 => [.. Txt.GetValueOrDefault(name, []).Select(text => text.Chunk(255).SelectMany(part => Encoding.ASCII.GetBytes(new string(part)).Prepend((byte)part.Length)).ToArray())],
            15 when Mx.TryGetValue(name, out var host) => [[0, 10, .. host.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0]],
            1 when A.TryGetValue(name, out var address) => [address.GetAddressBytes()],
            _ => [],
        };
        var answer = new List<byte>(question[..end]);
        (answer[2], answer[3], answer[7]) = (0x84, 0x00, (byte)records.Count);
        (answer[8], answer[9], answer[10], answer[11]) = (0, 0, 0, 0);
        foreach (var data in records)
            answer.AddRange([0xC0, 12, 0, type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data]);
        return [.. answer];
    }
}
