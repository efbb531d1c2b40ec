namespace Digest.Worker.Mailbox.Reading;

/// <summary>No mailbox is configured.</summary>
internal sealed class NoMailbox : IMailboxSource
{
    public Task ReadAsync(Func<IncomingMail, CancellationToken, Task<MailFate>> handle, CancellationToken cancellationToken) => Task.CompletedTask;
}
