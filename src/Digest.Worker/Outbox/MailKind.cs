namespace Digest.Worker.Outbox;

/// <summary>What a mail in the outbox is. Issues stop with the subscription; letters answer somebody and still go out.</summary>
internal enum MailKind
{
    Issue,
    Welcome,
    Confirmation,
    Unsubscribed,
    Paused,
    Answer,
    Alarm,
}
