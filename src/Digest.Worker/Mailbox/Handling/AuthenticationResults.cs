using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>What our own border found out about the sender (RFC 8601). A header with any other name was written by who knows whom.</summary>
internal static partial class AuthenticationResults
{
    public static bool Pass(InboundMail mail, string? server, string from)
    {
        // The border puts its header on top; one below it could be the sender's own with our name.
        if (server is null || mail.First("Authentication-Results") is not { } header)
            return false;
        var name = header.Split(';')[0].Trim().Split(' ')[0];
        return name.Equals(server, StringComparison.OrdinalIgnoreCase)
            && Dmarc().Match(header) is { Success: true } match
            && match.Groups[1].Value.Equals(AddressText.Domain(from), StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"dmarc=pass\b[^;]*?header\.from=([A-Za-z0-9.-]+)", RegexOptions.IgnoreCase, 3000)]
    private static partial Regex Dmarc();
}
