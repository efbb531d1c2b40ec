namespace Digest.Worker.Web;

/// <summary>The settings under <c>Web</c>.</summary>
internal sealed record WebOptions
{
    /// <summary>Where the readers' doors listen, separated by <c>;</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>Whether the page takes subscriptions.</summary>
    public bool SignUp { get; init; } = true;

    /// <summary>Where the operator's doors listen: health and metrics, nothing that readers need.</summary>
    public string OperatorUrls { get; init; } = "http://127.0.0.1:9090";

    /// <summary>
    /// The most memory that searches keep papers in which they have read, in MB (1,000,000 octets), 1 to 10000; a paper takes about 0.8 kB. Not
    /// given: a fifth of the memory that the process may use, at most 100.
    /// </summary>
    public int? SearchMegabytes { get; init; }

    /// <summary>Requests that one network may make in a minute, 10 to 1000000; a click with a token of ours always works.</summary>
    public int RequestsPerMinute { get; init; } = 600;
}
