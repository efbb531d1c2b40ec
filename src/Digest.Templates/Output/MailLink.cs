using System.Buffers;

namespace Digest.Templates.Output;

/// <summary>An address that a mail may link to, in its escaped form: an absolute http, https or mailto address of printable ASCII.</summary>
internal sealed class MailLink
{
    /// <summary>Longest address, in octets; one that is longer would not fit a line of 998 with its tag.</summary>
    public const int MostOctets = 700;

    private static readonly SearchValues<char> PlainInMailbox = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.+-_");
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>\"\\`");

    private MailLink(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;

    /// <summary>Null for an address that no mail of ours may link to.</summary>
    public static MailLink? Of(string? address)
    {
        if (string.IsNullOrWhiteSpace(address) || address.Length > MostOctets || address.AsSpan().ContainsAny(Forbidden))
            return null;
        foreach (var c in address)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c))
                return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "mailto"))
            return null;
        if (uri.Scheme != "mailto" && (uri.Host.Length == 0 || uri.UserInfo.Length > 0))
            return null;
        var escaped = uri.AbsoluteUri;
        return escaped.Length <= MostOctets && !escaped.AsSpan().ContainsAnyExceptInRange('!', '~') ? new MailLink(escaped) : null;
    }

    /// <summary>A mail to <paramref name="address"/> whose subject is a command.</summary>
    /// <param name="command">As <see cref="Uri.EscapeDataString(string)"/> writes it.</param>
    public static MailLink? Reply(string address, string command)
    {
        var link = $"mailto:{address}?subject={command}";
        return IsPlain(address) && link.Length <= MostOctets ? new MailLink(link) : Of(link);
    }

    // Of leaves such an address as it is; to take it apart costs more than the rest of the footer.
    private static bool IsPlain(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at + 1 < address.Length && char.IsAsciiLetterLower(address[^1])
            && !address.AsSpan(0, at).ContainsAnyExcept(PlainInMailbox)
            && !address.AsSpan(at + 1).ContainsAnyExcept(PlainInMailbox)
            && !address.AsSpan(at + 1).ContainsAny('+', '_') && !address.Contains("..", StringComparison.Ordinal)
            && char.IsAsciiLetterOrDigit(address[at + 1]) && address[at - 1] != '.' && address[0] != '.'
            && !address.AsSpan(at + 1).Contains(".-", StringComparison.Ordinal) && !address.AsSpan(at + 1).Contains("-.", StringComparison.Ordinal);
    }
}
