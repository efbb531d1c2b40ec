namespace Digest.Worker.Papers.Formats;

/// <summary>Addresses that may stand in a mail: http and https alone, whatever a feed offers.</summary>
internal static class WebAddress
{
    public static bool Is(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.Host.Length > 0;

    public static string? Only(string? text) => Is(text?.Trim()) ? text!.Trim() : null;
}
