namespace Digest.Worker.Retention;

/// <summary>The settings under <c>Retention</c>: days after which things are forgotten, 30 to 36500 each.</summary>
internal sealed record RetentionOptions
{
    /// <summary>Papers that stand in no issue any more.</summary>
    public int PapersDays { get; init; } = 400;

    /// <summary>Issues: which papers, and why.</summary>
    public int IssuesDays { get; init; } = 400;

    /// <summary>Mails that are settled: to whom, when, and what the server said.</summary>
    public int MailsDays { get; init; } = 180;

    /// <summary>Notes of mails that came back, bounces and the days of sources.</summary>
    public int ReturnsDays { get; init; } = 180;

    /// <summary>Readers who left: all of them is erased but a keyed hash that keeps them suppressed.</summary>
    public int LeftDays { get; init; } = 400;
}
