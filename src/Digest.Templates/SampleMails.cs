namespace Digest.Templates;

/// <summary>One of each mail with invented content: what <c>template check</c> renders and <c>template gallery</c> shows.</summary>
public static class SampleMails
{
    public static readonly IReadOnlyList<string> Languages = ["en", "de", "fr", "es", "zh", "ja"];

    private static readonly MailFooter Footer = new()
    {
        Recipient = "ada@example.org",
        ReplyTo = "digest+r-k4j2n8s9d0@example.org",
        UnsubscribeUrl = "https://digest.example.org/u/k4j2n8s9d0",
        OwnUrl = "https://digest.example.org/my/k4j2n8s9d0",
        PostalAddress = "Example Society, 1 Sample Street, 12345 Sampletown",
        Hour = 7,
        TimeZone = "Europe/Berlin",
    };

    /// <summary>The name of each mail and how it is rendered.</summary>
    /// <param name="siteName">The name of the service; null: that of the samples.</param>
    /// <param name="postalAddress">Of the operator; null: that of the samples.</param>
    public static IEnumerable<(string Name, Func<MailTemplates, RenderedMail> Render)> All(string language, string? siteName = null, string? postalAddress = null)
    {
        var footer = Footer with { PostalAddress = postalAddress ?? Footer.PostalAddress };
        var issue = Issue(language) with { SiteName = siteName ?? Name, Footer = footer };
        yield return ("issue", templates => templates.Render(issue));
        yield return ("issue-trending", templates => templates.Render(issue with { Trending = true, Interests = [], HeldOver = 0, Owed = 0, Receipt = new IssueReceipt(1214, null, 5, 5, 0, []), Papers = [.. SamplePapers.All.Select(paper => paper with { Reason = null, Upvotes = 30 })] }));
        yield return ("issue-empty", templates => templates.Render(issue with { Papers = [], HeldOver = 0, Owed = 0, Receipt = new IssueReceipt(1214, 186, 0, 0, 0, [new ReceiptGap("arXiv", GapKind.Partial, [new DateOnly(2026, 1, 27)])]) }));
        foreach (var kind in Enum.GetValues<LetterKind>())
            yield return (kind.ToString().ToLowerInvariant(), templates => templates.Render(Letter(kind, language) with { SiteName = siteName ?? Name, Footer = footer }));
    }

    private const string Name = "Digest";

    private static readonly string[] Lines = ["tide gauges", "\"salt marsh\" -mangrove", "author:\"Quill\"", "cat:physics.ao-ph"];

    public static IssueModel Issue(string language) => new()
    {
        Language = language,
        SiteName = Name,
        Date = new DateOnly(2026, 1, 27),
        Interests = Lines,
        HeldOver = 2,
        Owed = 3,
        Receipt = new IssueReceipt(1214, 186, 14, SamplePapers.All.Count, 5, []) { WholeSince = new DateOnly(2025, 6, 3) },
        Footer = Footer,
        Papers = SamplePapers.All,
    };

    public static LetterModel Letter(LetterKind kind, string language) => new()
    {
        Kind = kind,
        Language = language,
        SiteName = Name,
        Name = "Ada",
        Interests = Lines,
        NextIssue = new DateTime(2026, 1, 28, 7, 0, 0),
        ConfirmUrl = "https://digest.example.org/c/k4j2n8s9d0",
        BackTest = kind == LetterKind.Welcome ? new LetterBackTest(30, 12, SamplePapers.All) : null,
        Lines = kind is LetterKind.Answer
            ? ["Understood: add “tide gauges”.", "You can write one or more of these:\nweekdays\nat 7\nmore like 3\nhelp", "More of it: https://digest.example.org/help"]
            : kind is LetterKind.Alarm ? ["The relay mail.example.org refuses our login since 06:12; 412 mails wait.", "See https://digest.example.org/help."] : [],
        Footer = Footer,
    };
}
