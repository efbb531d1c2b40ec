using MailKit.Net.Imap;
using MailKit.Security;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>Opens a session: encryption as configured, never less (no fallback), then the login.</summary>
internal static class ImapConnection
{
    public static async Task<ImapClient> OpenAsync(ImapAccess access, MailboxOptions options, CancellationToken cancellationToken)
    {
        var client = new ImapClient();
        try
        {
            await client.ConnectAsync(access.Host, access.Port, Encryption(access.Security), cancellationToken);
            var secret = MailboxSettings.Password(options);
            if (access.Authentication == MailboxAuthentication.XOAuth2)
                await client.AuthenticateAsync(new SaslMechanismOAuth2(access.Username, secret), cancellationToken);
            else
                await client.AuthenticateAsync(access.Username, secret, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static SecureSocketOptions Encryption(MailboxSecurity security) => security switch
    {
        MailboxSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailboxSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
