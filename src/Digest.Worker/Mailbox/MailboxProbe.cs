using Digest.Worker.Mailbox.Reading;
using MailKit;

namespace Digest.Worker.Mailbox;

/// <summary>Asks whether the mailbox can be opened: connect, TLS, login, look into the folder.</summary>
internal sealed class MailboxProbe(MailboxOptions options)
{
    private readonly MailboxKind kind = MailboxSettings.Check(options);

    public bool IsSet => kind != MailboxKind.None;

    /// <summary>The server that is asked; null where the mailbox is a folder.</summary>
    public string? Host => kind == MailboxKind.Imap ? options.Host : null;

    /// <summary>Where it is: server and port, or the path of the folder.</summary>
    public string Place => kind == MailboxKind.Imap ? $"{options.Host}:{MailboxSettings.Imap(options).Port}" : options.Folder;

    /// <returns>Why it cannot be opened; null when it can, or none is set.</returns>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (kind == MailboxKind.Maildir)
                return Directory.Exists(Path.Combine(options.Folder, "new")) ? null : "this is no Maildir";
            if (kind == MailboxKind.None)
                return null;
            using var client = await ImapConnection.OpenAsync(MailboxSettings.Imap(options), options, cancellationToken);
            var folder = await client.GetFolderAsync(options.Folder, cancellationToken);
            await folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
            await client.DisconnectAsync(true, cancellationToken);
            return null;
        }
        catch (OperationCanceledException)
        {
            return "no answer in time";
        }
        catch (Exception e) when (ImapTrouble.IsOutside(e) || e is UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
