namespace Digest.Templates;

/// <summary>A mail that is not an issue.</summary>
public sealed record LetterModel
{
    public required LetterKind Kind { get; init; }

    /// <summary>BCP 47 tag of the reader's language.</summary>
    public required string Language { get; init; }

    /// <summary>The name of the service, as in the From header.</summary>
    public required string SiteName { get; init; }

    /// <summary>The reader's name; null where we do not know it.</summary>
    public string? Name { get; init; }

    /// <summary>The profile as the reader wrote it.</summary>
    public IReadOnlyList<string> Interests { get; init; } = [];

    /// <summary>When the first or the next issue comes, in the reader's own zone; null where none will.</summary>
    public DateTime? NextIssue { get; init; }

    /// <summary>For a welcome: what the profile would have brought; null where nothing was looked up.</summary>
    public LetterBackTest? BackTest { get; init; }

    /// <summary>The page with the confirm button; null when no public URL is configured (then: confirm by replying).</summary>
    public string? ConfirmUrl { get; init; }

    /// <summary>
    /// Lines of an answer or an alarm, each a paragraph of plain text. Behind a line end within one stands a command that the reader may
    /// answer with; several are a list.
    /// </summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public required MailFooter Footer { get; init; }
}

/// <summary>What a profile would have brought in the days before it began.</summary>
/// <param name="Days">How many days were looked at.</param>
/// <param name="Matched">Papers that fit in those days.</param>
/// <param name="Best">The best of them, best first.</param>
public sealed record LetterBackTest(int Days, int Matched, IReadOnlyList<IssuePaper> Best);

public enum LetterKind
{
    Welcome,
    Confirmation,
    Unsubscribed,
    Paused,
    Answer,
    Alarm,
}
