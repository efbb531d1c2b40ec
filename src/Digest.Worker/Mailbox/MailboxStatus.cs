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

// Properties and not constructors: the columns of an empty answer have no types that a constructor could be found by.
internal sealed record EffectCount
{
    public string Kind { get; init; } = "";
    public string Effect { get; init; } = "";
    public long Count { get; init; }
}

internal sealed record UnclearMail
{
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The file or UID under which the mail lies in the mailbox.</summary>
    public string? Reference { get; init; }
    public long? SubscriberId { get; init; }
}

internal sealed record DomainCount
{
    public string Domain { get; init; } = "";
    public long Sent { get; init; }
    public long Hard { get; init; }
    public long Soft { get; init; }
    public long AboutUs { get; init; }
    public long Complaints { get; init; }
}
