namespace Digest.Worker.Web;

/// <summary>The settings under <c>Web</c>.</summary>
internal sealed record WebOptions
{
    /// <summary>Where the HTTP doors listen, separated by <c>;</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>Whether the page takes subscriptions.</summary>
    public bool SignUp { get; init; } = true;
}
