namespace Digest.Worker.Scheduling;

/// <summary>
/// The settings under <c>Schedule</c>: how often the service looks whether something is due. What is due comes from the
/// database, so a longer interval only makes things later.
/// </summary>
internal sealed record ScheduleOptions
{
    /// <summary>Seconds between two harvests, 10 to 86400.</summary>
    public int HarvestSeconds { get; init; } = 900;

    /// <summary>Seconds between two looks for issues that are due, 1 to 3600.</summary>
    public int ComposeSeconds { get; init; } = 30;

    /// <summary>Seconds between two looks into the outbox, 1 to 3600. What was deferred is spread by the second, so a longer interval gathers it again.</summary>
    public int DeliverSeconds { get; init; } = 1;

    /// <summary>Seconds between two looks into the mailbox, 1 to 3600.</summary>
    public int MailboxSeconds { get; init; } = 60;

    /// <summary>Seconds between two looks whether all is well, 10 to 3600.</summary>
    public int WatchSeconds { get; init; } = 60;
}
