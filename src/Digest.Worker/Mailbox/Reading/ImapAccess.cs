namespace Digest.Worker.Mailbox.Reading;

/// <summary>How an IMAP mailbox is reached; the secret is read at each connection.</summary>
internal sealed record ImapAccess(string Host, int Port, MailboxSecurity Security, string Username, MailboxAuthentication Authentication, string Folder)
{
    /// <summary>The name under which the cursor is kept.</summary>
    public string Name => $"{Username}@{Host}:{Port}/{Folder}";
}
