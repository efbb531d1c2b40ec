namespace Digest.Templates.Output;

/// <summary>The only addresses that a mail may link to.</summary>
internal static class MailLink
{
    /// <summary>Longest address, in octets; one that is longer would not fit a line of 998 with its tag.</summary>
    public const int MostOctets = 700;

    /// <summary>The address in its escaped form, or null unless it is an absolute http, https or mailto address of printable characters.</summary>
    public static string? Of(string? address)
    {
        if (string.IsNullOrWhiteSpace(address) || address.Length > MostOctets)
            return null;
        foreach (var c in address)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '"' or '\\' or '`')
                return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "mailto"))
            return null;
        if (uri.Scheme != "mailto" && (uri.Host.Length == 0 || uri.UserInfo.Length > 0))
            return null;
        var escaped = uri.AbsoluteUri;
        return escaped.Length <= MostOctets && !escaped.AsSpan().ContainsAnyExceptInRange('!', '~') ? escaped : null;
    }

    /// <summary>A mail to <paramref name="address"/> whose subject is a command.</summary>
    public static string? Reply(string address, string command) =>
        Of($"mailto:{address}?subject={Uri.EscapeDataString(command)}");
}
