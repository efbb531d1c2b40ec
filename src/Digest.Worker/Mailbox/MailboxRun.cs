using Digest.Worker.Mailbox.Handling;
using Digest.Worker.Mailbox.Reading;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox;

/// <summary>Reads the mailbox to its end. A mail that cannot be handled three times is set aside; the others go on.</summary>
internal sealed class MailboxRun(IMailboxSource source, MailHandler handler, InboundStore inbound, MailboxAlarms alarms, TimeProvider time, ILogger<MailboxRun> logger) : IDisposable
{
    private const int Attempts = 3;
    private readonly SemaphoreSlim gate = new(1, 1);

    public async Task<MailboxReport> RunAsync(CancellationToken cancellationToken)
    {
        // One at a time: a tick and new mail may come together.
        await gate.WaitAsync(cancellationToken);
        var tally = new MailboxTally();
        try
        {
            await source.ReadAsync((mail, token) => HandleAsync(mail, tally, token), cancellationToken);
            return await ReportAsync(tally, null, cancellationToken);
        }
        catch (MailboxException e)
        {
            logger.MailboxUnreachable(e.Message);
            return await ReportAsync(tally, e.Message, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<MailboxReport> ReportAsync(MailboxTally tally, string? trouble, CancellationToken cancellationToken)
    {
        await alarms.CheckAsync(trouble, cancellationToken);
        return tally.Report(trouble);
    }

    /// <summary>Handles one mail that came by another way, such as a pipe.</summary>
    public async Task<MailFate> HandleAsync(IncomingMail incoming, MailboxTally tally, CancellationToken cancellationToken)
    {
        var mail = MailReader.Parse(incoming.Octets, cancellationToken);
        var key = MailKey.Of(mail);
        try
        {
            tally.Count(await handler.HandleAsync(mail, key, incoming.Reference, cancellationToken));
            return MailFate.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            var attempt = await inbound.FailAsync(key, e.Message, time.GetUtcNow(), cancellationToken);
            logger.MailFailed(e, attempt);
            if (attempt < Attempts)
                return MailFate.Later;
            tally.SetAside();
            return MailFate.SetAside;
        }
    }

    public void Dispose() => gate.Dispose();
}
