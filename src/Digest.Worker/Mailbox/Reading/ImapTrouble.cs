using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>Which exceptions mean that the server is away or refuses, and not that we have a bug.</summary>
internal static class ImapTrouble
{
    public static bool IsOutside(Exception e) => e is ImapProtocolException or ImapCommandException or IOException or SocketException or AuthenticationException
        or SslHandshakeException or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotFoundException or FolderNotOpenException or NotSupportedException;
}
