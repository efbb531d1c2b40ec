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
    /// <summary>Machine mails handled before the mailbox is looked at again.</summary>
    private const int Group = 200;

    /// <summary>Heads asked for at once.</summary>
    private const int Peeked = 1000;

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
        var queue = new ReadingOrder(cursor.Uid);
        while (true)
        {
            await LookAsync(folder, queue, cancellationToken);
            if (queue.Next(Group) is not { Count: > 0 } group)
                return;
            var read = new List<UniqueId>();
            foreach (var uid in group)
            {
                var fate = await ReadOneAsync(folder, new UniqueId(uid), handle, cancellationToken);
                queue.Done(uid, fate == MailFate.Later);
                if (fate == MailFate.Done)
                    read.Add(new UniqueId(uid));
            }
            await MarkAsync(folder, read, cancellationToken);
            if (queue.Cursor > cursor.Uid)
                await cursors.SaveAsync(access.Name, cursor = cursor with { Uid = queue.Cursor }, cancellationToken);
        }
    }

    /// <summary>Peeks at the heads of what is new, and at no more: a reader's wish behind ten thousand bounces is not to wait for them.</summary>
    private static async Task LookAsync(IMailFolder folder, ReadingOrder queue, CancellationToken cancellationToken)
    {
        await folder.CheckAsync(cancellationToken);
        var uids = await folder.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)queue.Highest + 1), UniqueId.MaxValue)), cancellationToken);
        // "n:*" always names the last mail, also when n is beyond it (RFC 3501, 6.4.8).
        foreach (var group in uids.Where(uid => uid.Id > queue.Highest).ToList().Chunk(Peeked))
        {
            var machines = await MachinesAsync(folder, group, cancellationToken);
            foreach (var uid in group)
                queue.Add(uid.Id, machines.Contains(uid.Id));
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

    private static async Task<HashSet<uint>> MachinesAsync(IMailFolder folder, UniqueId[] uids, CancellationToken cancellationToken)
    {
        var summaries = await folder.FetchAsync(uids, MessageSummaryItems.UniqueId, ["Return-Path", "From", "Content-Type", "Auto-Submitted", "Precedence"], cancellationToken);
        return summaries.Where(summary => summary.Headers is not null && Triage.LooksLikeMachine(
            System.Text.Encoding.UTF8.GetBytes(string.Concat(summary.Headers.Select(header => $"{header.Field}: {header.Value}\n"))))).Select(summary => summary.UniqueId.Id).ToHashSet();
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
        if (fate == MailFate.SetAside)
            await ImapFailedFolder.MoveAsync(folder, uid, cancellationToken);
        return fate;
    }

    /// <summary>
    /// A group at once: a server that keeps a mailbox in files writes its list of all mails anew each time. One that was stopped before it comes
    /// to this is found unread again, known as handled, and marked then.
    /// </summary>
    private static async Task MarkAsync(IMailFolder folder, List<UniqueId> read, CancellationToken cancellationToken)
    {
        if (read.Count > 0)
            await folder.AddFlagsAsync(read, MessageFlags.Seen, silent: true, cancellationToken);
    }
}
