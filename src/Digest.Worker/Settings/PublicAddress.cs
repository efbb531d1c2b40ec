namespace Digest.Worker.Settings;

/// <summary>Where readers reach our pages (<c>Web:PublicUrl</c>); null when no page of ours is on the net: then mail is the only door.</summary>
/// <param name="Url">Absolute, without a slash at its end.</param>
internal sealed record PublicAddress(string? Url)
{
    /// <exception cref="SettingException">It is not an absolute http or https address.</exception>
    public static PublicAddress From(IConfiguration configuration)
    {
        var text = configuration["Web:PublicUrl"];
        if (string.IsNullOrWhiteSpace(text))
            return new PublicAddress((string?)null);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? new PublicAddress(uri.AbsoluteUri.TrimEnd('/'))
            : throw new SettingException("Web:PublicUrl", text, "an address such as https://digest.example.org, without ? and #");
    }
}
