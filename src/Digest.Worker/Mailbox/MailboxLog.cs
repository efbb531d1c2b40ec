namespace Digest.Worker.Mailbox;

internal static partial class MailboxLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {Key}: {Kind}, {Decision}; {Effect}")]
    public static partial void MailHandled(this ILogger logger, string key, string kind, string decision, string effect);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail could not be handled (attempt {Attempt})")]
    public static partial void MailFailed(this ILogger logger, Exception exception, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox cannot be read: {Why}")]
    public static partial void MailboxUnreachable(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "UIDVALIDITY of the mailbox changed from {Before} to {Now}: it is read again, each mail once")]
    public static partial void UidValidityChanged(this ILogger logger, long before, long now);
}
