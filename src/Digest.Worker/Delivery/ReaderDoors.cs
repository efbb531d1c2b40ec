using Digest.Templates;
using Digest.Worker.Outbox;
using Digest.Worker.Settings;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;

namespace Digest.Worker.Delivery;

/// <summary>The addresses through which a mail can be answered, left and returned, each with the reader's own token.</summary>
internal sealed class ReaderDoors(SenderOptions sender, PublicAddress site, ReaderToken tokens, OwnLinks own)
{
    public string ReplyTo(ClaimedMail mail) => mail.SubscriberId is { } subscriber
        ? ReaderAddress.Write(sender.ReplyMailbox, sender.Delimiter[0], TokenPurpose.Reply, tokens.Write(TokenPurpose.Reply, subscriber, mail.IssueId ?? 0))
        : sender.ReplyMailbox;

    /// <summary>The return path (VERP): a bounce tells by its own address whose mail came back.</summary>
    public string ReturnPath(ClaimedMail mail) => mail.SubscriberId is { } subscriber
        ? ReaderAddress.Write(sender.ReplyMailbox, sender.Delimiter[0], TokenPurpose.Bounce, tokens.Write(TokenPurpose.Bounce, subscriber, mail.IssueId ?? 0))
        : sender.ReplyMailbox;

    public string? UnsubscribeUrl(ClaimedMail mail) => Link(mail, "u", TokenPurpose.Unsubscribe);

    public string? ConfirmUrl(ClaimedMail mail) => Link(mail, "c", TokenPurpose.Confirm);

    /// <summary>The reader's own page, which only the mails to their own address open.</summary>
    public string? OwnUrl(ClaimedMail mail) => site.Url is { } url && mail.SubscriberId is { } subscriber && mail.Kind is not (MailKind.Confirmation or MailKind.Alarm)
        ? $"{url}/my/{own.Write(TokenPurpose.Own, subscriber, mail.Recipient)}"
        : null;

    public MailFooter Footer(ClaimedMail mail) => new()
    {
        Recipient = mail.Recipient,
        ReplyTo = ReplyTo(mail),
        UnsubscribeUrl = UnsubscribeUrl(mail),
        OwnUrl = OwnUrl(mail),
        PostalAddress = sender.PostalAddress,
    };

    /// <summary>A footer that looks the same and holds no token.</summary>
    public MailFooter DeadFooter(string recipient) => new()
    {
        Recipient = recipient,
        ReplyTo = sender.ReplyMailbox,
        UnsubscribeUrl = site.Url is { } url ? $"{url}/u/preview" : null,
        OwnUrl = site.Url is { } home ? $"{home}/my/preview" : null,
        PostalAddress = sender.PostalAddress,
    };

    private string? Link(ClaimedMail mail, string door, TokenPurpose purpose) => site.Url is { } url && mail.SubscriberId is { } subscriber
        ? $"{url}/{door}/{tokens.Write(purpose, subscriber, mail.IssueId ?? 0)}"
        : null;
}
