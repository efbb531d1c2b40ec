namespace Digest.Worker.Papers.Sources;

/// <summary>arXiv's house rules, for all its services together (https://info.arxiv.org/help/api/tou.html).</summary>
internal static class Arxiv
{
    public const string Provider = "arxiv";

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    public static bool Owns(Uri address) =>
        address.Host.Equals("arxiv.org", StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith(".arxiv.org", StringComparison.OrdinalIgnoreCase);
}
