namespace Digest.Worker.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Taken back from workers that are gone: {Released} claimed, {InDoubt} in doubt, {Known} known to be sent")]
    public static partial void TookBack(this ILogger logger, int released, int inDoubt, int known);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not let {Left} mails be taken back from workers that are gone; the others go on")]
    public static partial void NotTakenBack(this ILogger logger, int left);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail}: {Answer}")]
    public static partial void MailRefused(this ILogger logger, long mail, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} is in doubt: {Why}")]
    public static partial void MailInDoubt(this ILogger logger, long mail, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host} failed: {Why}")]
    public static partial void HostFailed(this ILogger logger, string host, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host} is left alone for {Seconds} seconds: {Why}")]
    public static partial void HostRests(this ILogger logger, string host, int seconds, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Host} asks for less: {Connections} connections from now on, one more each minute")]
    public static partial void HostNarrowed(this ILogger logger, string host, int connections);

    [LoggerMessage(Level = LogLevel.Information, Message = "The limits are used up until {Until}; what is left waits")]
    public static partial void LimitsUsedUp(this ILogger logger, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending stands still until {Until}: {Why}")]
    public static partial void Paused(this ILogger logger, DateTimeOffset until, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The address of mail {Mail} is suppressed: {Why}")]
    public static partial void AddressSuppressed(this ILogger logger, long mail, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {Mail} cannot be made; the others go on")]
    public static partial void MailBroken(this ILogger logger, Exception exception, long mail);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not take what became of mail {Mail}; it is offered again with the next run, and the others go on")]
    public static partial void MailUnsettled(this ILogger logger, Exception exception, long mail);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox cannot be written; nothing is sent without its mark")]
    public static partial void OutboxUnwritable(this ILogger logger, Exception exception);
}
