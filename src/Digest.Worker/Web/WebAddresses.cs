using Digest.Worker.Settings;

namespace Digest.Worker.Web;

/// <summary>The addresses that the HTTP doors listen at.</summary>
internal static class WebAddresses
{
    /// <exception cref="SettingException">One of them is no address.</exception>
    public static IReadOnlyList<Uri> Read(string key, string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url =>
            url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(Named(url, "any.invalid"), UriKind.Absolute, out var uri)
                ? uri
                : throw new SettingException(key, urls, "addresses such as http://127.0.0.1:8080, separated by ';' (a reverse proxy brings https)"))];

    /// <summary>The first of them as this machine reaches it.</summary>
    public static Uri Local(string urls) => new(Named(urls.Split(';')[0].Trim(), "127.0.0.1").Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));

    private static string Named(string url, string host) => url.Replace("+", host, StringComparison.Ordinal).Replace("*", host, StringComparison.Ordinal);
}
