using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>How far an IMAP mailbox was read.</summary>
internal sealed class CursorStore(Database database)
{
    public Task<MailboxCursor?> FindAsync(string mailbox, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<MailboxCursor?>("select uidvalidity as uid_validity, uid from mailbox_cursor where mailbox = @mailbox", new { mailbox }), cancellationToken);

    public Task SaveAsync(string mailbox, MailboxCursor cursor, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            insert into mailbox_cursor (mailbox, uidvalidity, uid) values (@mailbox, @UidValidity, @Uid)
            on conflict (mailbox) do update set uidvalidity = excluded.uidvalidity, uid = excluded.uid
            """, new { mailbox, cursor.UidValidity, cursor.Uid }), cancellationToken);
}

/// <param name="Uid">Every mail up to this one was handled.</param>
internal sealed record MailboxCursor(long UidValidity, long Uid);
