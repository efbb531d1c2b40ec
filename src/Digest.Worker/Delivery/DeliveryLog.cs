namespace Digest.Worker.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Taken back from workers that are gone: {Released} claimed, {InDoubt} in doubt")]
    public static partial void TookBack(this ILogger logger, int released, int inDoubt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail}: {Answer}")]
    public static partial void MailRefused(this ILogger logger, long mail, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} is in doubt: {Why}")]
    public static partial void MailInDoubt(this ILogger logger, long mail, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The host failed: {Why}")]
    public static partial void HostFailed(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery stands still until an operator acts: {Why}")]
    public static partial void OperatorNeeded(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {Mail} cannot be made; the others go on")]
    public static partial void MailBroken(this ILogger logger, Exception exception, long mail);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox cannot be written; nothing is sent without its mark")]
    public static partial void OutboxUnwritable(this ILogger logger, Exception exception);
}
