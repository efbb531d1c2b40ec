namespace Digest.Worker.Mailbox;

/// <summary>What came back in the last days, for the operator.</summary>
internal sealed record MailboxStatus
{
    /// <summary>A complaint rate over this (0.1 %) is an alarm: providers begin to refuse mail at three times as much.</summary>
    public const double ComplaintAlarm = 0.001;

    public required DateTimeOffset Since { get; init; }

    /// <summary>Mails by kind and effect.</summary>
    public required IReadOnlyList<EffectCount> Effects { get; init; }

    /// <summary>Mails of readers that were not understood, newest first.</summary>
    public required IReadOnlyList<UnclearMail> Unclear { get; init; }

    /// <summary>Mails that could not be handled.</summary>
    public required long Failing { get; init; }

    public required long Sent { get; init; }

    public required long Complaints { get; init; }

    public required IReadOnlyList<DomainCount> Domains { get; init; }

    public double ComplaintRate => Sent == 0 ? 0 : (double)Complaints / Sent;

    public bool IsAlarm => Complaints > 1 && ComplaintRate > ComplaintAlarm;
}

internal sealed record EffectCount(string Kind, string Effect, long Count);

/// <param name="Reference">The file or UID under which the mail lies in the mailbox.</param>
internal sealed record UnclearMail(DateTimeOffset ReceivedAt, string? Reference, long? SubscriberId);

internal sealed record DomainCount(string Domain, long Sent, long Hard, long Soft, long AboutUs, long Complaints);
