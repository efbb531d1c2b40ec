using System.Diagnostics.CodeAnalysis;

namespace Digest.Worker.Subscribers;

/// <summary>Addresses that carry a token behind a plus sign (RFC 5233): <c>local+r-TOKEN@domain</c> and <c>local+b-TOKEN@domain</c>.</summary>
internal static class ReaderAddress
{
    /// <summary>The delimiters that mail servers are set to.</summary>
    public const string Delimiters = "+-=_.#";

    /// <param name="mailbox">Our own address, <c>local@domain</c>.</param>
    public static string Write(string mailbox, TokenPurpose purpose, string token)
    {
        return Write(mailbox, '+', purpose, token);
    }

    /// <param name="delimiter">What our server takes for the beginning of a subaddress, such as Postfix's <c>recipient_delimiter</c>.</param>
    public static string Write(string mailbox, char delimiter, TokenPurpose purpose, string token)
    {
        var at = mailbox.LastIndexOf('@');
        return $"{mailbox[..at]}{delimiter}{Letter(purpose)}-{token}{mailbox[at..]}";
    }

    /// <summary>Finds purpose and token in an address as it came back, in any case. The token is not checked: <see cref="ReaderToken"/> does that.</summary>
    public static bool TryRead(string address, out TokenPurpose purpose, [NotNullWhen(true)] out string? token)
    {
        (purpose, token) = (default, null);
        var at = address.LastIndexOf('@');
        var local = at < 0 ? address : address[..at];
        // Any delimiter will do: mails that went out before the setting was changed come back too.
        var dash = local.LastIndexOf('-');
        if (dash < 3 || dash == local.Length - 1 || !Delimiters.Contains(local[dash - 2], StringComparison.Ordinal))
            return false;
        switch (char.ToLowerInvariant(local[dash - 1]))
        {
            case 'r': purpose = TokenPurpose.Reply; break;
            case 'b': purpose = TokenPurpose.Bounce; break;
            default: return false;
        }
        token = local[(dash + 1)..];
        return true;
    }

    private static char Letter(TokenPurpose purpose) => purpose switch
    {
        TokenPurpose.Reply => 'r',
        TokenPurpose.Bounce => 'b',
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "This purpose stands in links, not in addresses."),
    };
}
