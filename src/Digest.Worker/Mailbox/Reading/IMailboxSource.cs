namespace Digest.Worker.Mailbox.Reading;

/// <summary>Where mails come in.</summary>
internal interface IMailboxSource
{
    /// <summary>Hands over each new mail. What a mail's fate says is done only after <paramref name="handle"/> returned: our transaction comes first.</summary>
    /// <exception cref="MailboxException">The mailbox cannot be reached or read.</exception>
    Task ReadAsync(Func<IncomingMail, CancellationToken, Task<MailFate>> handle, CancellationToken cancellationToken);
}

/// <param name="Octets">The mail; at most a little more than what is looked at.</param>
/// <param name="Reference">Where it lies, for an operator.</param>
internal sealed record IncomingMail(byte[] Octets, string Reference);

internal enum MailFate
{
    /// <summary>Handled: mark it as read.</summary>
    Done,

    /// <summary>Not handled: leave it for the next run.</summary>
    Later,

    /// <summary>It fails each time: put it where it is in nobody's way.</summary>
    SetAside,
}

/// <summary>The mailbox cannot be reached or read; the next run tries again.</summary>
internal sealed class MailboxException(string message, Exception? inner = null) : Exception(message, inner);
