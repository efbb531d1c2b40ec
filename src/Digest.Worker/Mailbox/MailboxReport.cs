namespace Digest.Worker.Mailbox;

/// <summary>What one run over the mailbox did.</summary>
internal sealed record MailboxReport
{
    public int Read { get; init; }

    /// <summary>Mails that had been handled before.</summary>
    public int Known { get; init; }

    /// <summary>Mails set aside because their handling failed three times.</summary>
    public int SetAside { get; init; }

    /// <summary>How many mails had which effect.</summary>
    public IReadOnlyDictionary<string, int> Effects { get; init; } = new Dictionary<string, int>();

    /// <summary>Why the mailbox could not be read to its end; null when it was.</summary>
    public string? Trouble { get; init; }
}
