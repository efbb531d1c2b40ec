using DnsClient;
using DnsClient.Protocol;

namespace Digest.Worker.Health.Dns;

/// <summary>Asks the DNS. A server that does not answer is a finding, not an exception.</summary>
internal sealed class SenderDns
{
    private readonly Lazy<LookupClient> client;

    public SenderDns() => client = new(() => new LookupClient(new LookupClientOptions { Timeout = TimeSpan.FromSeconds(3), Retries = 1, UseCache = false, ThrowDnsErrors = false }));

    /// <param name="server">Another name server than the machine's own, for tests.</param>
    public SenderDns(System.Net.IPEndPoint server) =>
        client = new(() => new LookupClient(new LookupClientOptions(server) { Timeout = TimeSpan.FromSeconds(3), Retries = 1, UseCache = false, ThrowDnsErrors = false }));

    /// <summary>The TXT records of a name, each with its pieces joined (RFC 7208, 3.3).</summary>
    public Task<DnsAnswer> TxtAsync(string name, CancellationToken cancellationToken) => AskAsync(name, QueryType.TXT, record => record is TxtRecord txt ? string.Concat(txt.Text) : null, cancellationToken);

    public Task<DnsAnswer> MxAsync(string name, CancellationToken cancellationToken) => AskAsync(name, QueryType.MX, record => record is MxRecord mx ? mx.Exchange.Value.TrimEnd('.') : null, cancellationToken);

    public Task<DnsAnswer> AddressesAsync(string name, CancellationToken cancellationToken) => AskAsync(name, QueryType.A, record => record is ARecord a ? a.Address.ToString() : null, cancellationToken);

    /// <param name="address">IPv4.</param>
    public Task<DnsAnswer> NamesAsync(System.Net.IPAddress address, CancellationToken cancellationToken) =>
        AskAsync($"{string.Join('.', address.GetAddressBytes().Reverse())}.in-addr.arpa", QueryType.PTR, record => record is PtrRecord ptr ? ptr.PtrDomainName.Value.TrimEnd('.') : null, cancellationToken);

    private async Task<DnsAnswer> AskAsync(string name, QueryType type, Func<DnsResourceRecord, string?> read, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.Value.QueryAsync(name, type, cancellationToken: cancellationToken);
            return answer.HasError && answer.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain
                ? new DnsAnswer([], answer.ErrorMessage)
                : new DnsAnswer([.. answer.Answers.Select(read).OfType<string>()], null);
        }
        catch (Exception e) when (e is DnsResponseException or OperationCanceledException or System.Net.Sockets.SocketException or InvalidOperationException or ArgumentException)
        {
            return new DnsAnswer([], e is OperationCanceledException ? "no answer in time" : e.Message);
        }
    }
}

/// <param name="Trouble">Why the DNS could not be asked; null: it answered, if only that there is nothing.</param>
internal sealed record DnsAnswer(IReadOnlyList<string> Values, string? Trouble);
