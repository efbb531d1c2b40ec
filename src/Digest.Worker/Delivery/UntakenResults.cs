using System.Collections.Concurrent;
using System.Data.Common;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// What became of mails that the database did not take. It is kept and offered again with each run, until it is taken or the mail is no longer ours: a mail
/// that a server accepted is not to be sent again for it.
/// </summary>
internal sealed class UntakenResults(OutboxJournal journal, ClaimStore claims, WorkerPresence presence, TimeProvider time, ILogger<UntakenResults> logger)
{
    /// <summary>With so many the fault is hardly one of single mails: nothing more is sent whose end could not be written down.</summary>
    private const int Many = 8;

    private readonly ConcurrentDictionary<long, (ClaimedMail Mail, Settlement Result)> kept = new();

    /// <summary>Why nothing may be sent; null: something may.</summary>
    public string? Hindrance => kept.Count < Many ? null : $"the database does not take what became of {kept.Count} mails";

    public void Keep(ClaimedMail mail, Settlement result, DbException why)
    {
        kept[mail.Id] = (mail, result);
        logger.MailUnsettled(why, mail.Id);
    }

    /// <summary>Offers them again; those that are still not taken stay ours.</summary>
    public async Task OfferAsync()
    {
        if (kept.IsEmpty)
            return;
        List<Task> offered = [.. kept.Values.Select(one => OfferAsync(one.Mail, one.Result))];
        journal.Hurry();
        await Task.WhenAll(offered);
        if (kept.IsEmpty)
            return;
        try
        {
            var now = time.GetUtcNow();
            await claims.HoldAsync(presence.Worker, [.. kept.Keys], now, now + Marking.Lease, CancellationToken.None);
        }
        catch (DbException e)
        {
            logger.OutboxUnwritable(e);
        }
    }

    /// <summary>Notes anew those that were accepted: the notes of the run were cleared, and the next start is to know of them.</summary>
    public void Note()
    {
        foreach (var (mail, result) in kept.Values)
            if (result.To == OutboxState.Sent)
                presence.Notes.Add(mail.Id, mail.Attempts, result.Answer ?? "");
    }

    private async Task OfferAsync(ClaimedMail mail, Settlement result)
    {
        try
        {
            // It may be the server's words that are not taken. What counts was counted when it was kept.
            await journal.SettleAsync(presence.Worker, result with { Answer = null, About = null, CountedFor = null });
            kept.TryRemove(mail.Id, out _);
        }
        catch (DbException)
        {
            // Told of when it was kept.
        }
    }
}
