using Digest.Worker.Mailbox.Understanding.Mail;
using MailKit;
using MailKit.Search;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>
/// An IMAP mailbox. Mails are taken by UID, beginning after the last one that was handled with all before it; the table of handled mails
/// keeps each from acting twice, so a lost cursor or a changed UIDVALIDITY only costs time.
/// </summary>
internal sealed class ImapSource(ImapAccess access, MailboxOptions options, CursorStore cursors, ILogger<ImapSource> logger) : IMailboxSource
{
    private const int Group = 200;

    public async Task ReadAsync(Func<IncomingMail, CancellationToken, Task<MailFate>> handle, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await ImapConnection.OpenAsync(access, options, cancellationToken);
            var folder = await client.GetFolderAsync(access.Folder, cancellationToken);
            await folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
            await ReadAsync(folder, handle, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (ImapTrouble.IsOutside(e))
        {
            throw new MailboxException($"{access.Host}:{access.Port}: {e.Message}", e);
        }
    }

    private async Task ReadAsync(IMailFolder folder, Func<IncomingMail, CancellationToken, Task<MailFate>> handle, CancellationToken cancellationToken)
    {
        var cursor = await CursorAsync(folder, cancellationToken);
        var uids = await folder.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)cursor.Uid + 1), UniqueId.MaxValue)), cancellationToken);
        // "n:*" always names the last mail, also when n is beyond it (RFC 3501, 6.4.8).
        var waiting = uids.Where(uid => uid.Id > cursor.Uid).ToList();
        var open = new HashSet<uint>(waiting.Select(uid => uid.Id));
        var kept = new HashSet<uint>();
        foreach (var group in waiting.Chunk(Group))
        {
            foreach (var uid in await HumansFirstAsync(folder, group, cancellationToken))
            {
                var fate = await ReadOneAsync(folder, uid, handle, cancellationToken);
                if (fate == MailFate.Later)
                    kept.Add(uid.Id);
                open.Remove(uid.Id);
            }
            // The cursor stops below the first mail that is to be tried again.
            var last = kept.Count > 0 ? kept.Min() - 1 : group.Max(uid => uid.Id);
            if (last > cursor.Uid)
                await cursors.SaveAsync(access.Name, cursor = cursor with { Uid = last }, cancellationToken);
        }
    }

    private async Task<MailboxCursor> CursorAsync(IMailFolder folder, CancellationToken cancellationToken)
    {
        var cursor = await cursors.FindAsync(access.Name, cancellationToken);
        if (cursor is not null && cursor.UidValidity == folder.UidValidity)
            return cursor;
        if (cursor is not null)
            logger.UidValidityChanged(cursor.UidValidity, folder.UidValidity);
        return new MailboxCursor(folder.UidValidity, 0);
    }

    private static async Task<IReadOnlyList<UniqueId>> HumansFirstAsync(IMailFolder folder, UniqueId[] uids, CancellationToken cancellationToken)
    {
        var summaries = await folder.FetchAsync(uids, MessageSummaryItems.UniqueId, ["Return-Path", "From", "Content-Type", "Auto-Submitted", "Precedence"], cancellationToken);
        var machines = summaries.Where(summary => summary.Headers is not null && Triage.LooksLikeMachine(
            System.Text.Encoding.UTF8.GetBytes(string.Concat(summary.Headers.Select(header => $"{header.Field}: {header.Value}\n"))))).Select(summary => summary.UniqueId.Id).ToHashSet();
        return [.. uids.OrderBy(uid => machines.Contains(uid.Id))];
    }

    private static async Task<MailFate> ReadOneAsync(IMailFolder folder, UniqueId uid, Func<IncomingMail, CancellationToken, Task<MailFate>> handle, CancellationToken cancellationToken)
    {
        byte[] octets;
        try
        {
            await using var stream = await folder.GetStreamAsync(uid, 0, MailLimits.Octets, cancellationToken);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, cancellationToken);
            octets = memory.ToArray();
        }
        catch (MessageNotFoundException)
        {
            return MailFate.Done;
        }
        var fate = await handle(new IncomingMail(octets, $"uid {uid.Id}"), cancellationToken);
        if (fate == MailFate.Done)
            await folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, cancellationToken);
        else if (fate == MailFate.SetAside)
            await ImapFailedFolder.MoveAsync(folder, uid, cancellationToken);
        return fate;
    }
}
