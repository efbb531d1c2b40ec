namespace Digest.Templates.Tests.Support;

/// <summary>Invented models for the tests.</summary>
internal static class Samples
{
    public static readonly MailTemplates Templates = MailTemplates.Load(null);

    public static readonly MailFooter Footer = new()
    {
        Recipient = "ada@example.org",
        ReplyTo = "digest+r-k4j2n8s9d0@example.org",
        UnsubscribeUrl = "https://digest.example.org/u/k4j2n8s9d0",
        OwnUrl = "https://digest.example.org/my/k4j2n8s9d0",
        PostalAddress = "Example Society, 1 Sample Street, 12345 Sampletown",
        Hour = 7,
        TimeZone = "Europe/Berlin",
    };

    public static IssuePaper Paper(int number, string title = "A paper about nothing in particular") => new()
    {
        Id = $"2601.{number:00000}",
        Title = title,
        Abstract = "We look at nothing in particular. It turns out to be there. This has consequences.",
        Authors = ["Ada Example", "Bo Sample"],
        Categories = ["cs.LG"],
        Date = new DateOnly(2026, 1, 27),
        Url = $"https://papers.example.org/abs/2601.{number:00000}",
        PdfUrl = $"https://papers.example.org/pdf/2601.{number:00000}",
    };

    /// <summary>The same with a reason: every place of the interest's words in title and abstract is a hit.</summary>
    public static IssuePaper Because(this IssuePaper paper, string interest, string? field = null)
    {
        var hits = Hits("title", paper.Title, interest).Concat(Hits("abstract", paper.Abstract, interest)).ToArray();
        return paper with { Reason = new IssueReason(interest, field ?? (hits.Length > 0 ? hits[0].Field : "abstract"), hits) };
    }

    public static IssueModel Issue(params IssuePaper[] papers) => new()
    {
        Language = "en",
        SiteName = "Digest",
        Date = new DateOnly(2026, 1, 27),
        Papers = papers,
        Interests = ["nothing", "\"in particular\" -general"],
        Receipt = new IssueReceipt(1214, 186, 9, papers.Length, 0, []),
        Footer = Footer,
    };

    public static LetterModel Letter(LetterKind kind, string language = "en") => new()
    {
        Kind = kind,
        Language = language,
        SiteName = "Digest",
        Name = "Ada",
        Interests = ["tide gauges", "\"salt marsh\" -mangrove"],
        NextIssue = new DateTime(2026, 1, 28, 7, 0, 0),
        ConfirmUrl = "https://digest.example.org/c/k4j2n8s9d0",
        BackTest = kind == LetterKind.Welcome ? new LetterBackTest(30, 12, [FullIssue().Papers[0]]) : null,
        Lines = kind switch
        {
            LetterKind.Answer => ["Understood: add “tide gauges”.", "You can write one of these:\nweekdays\nat 7\nless & <more>", "Your profile has 3 interests now. Reply “undo” to take this back."],
            LetterKind.Alarm => ["The relay mail.example.org refuses our login since 06:12; 412 mails wait.", "See https://digest.example.org/help."],
            _ => [],
        },
        Footer = Footer,
    };

    /// <summary>One of everything that an issue can show.</summary>
    public static IssueModel FullIssue(string language = "en") => new()
    {
        Language = language,
        SiteName = "Digest",
        Date = new DateOnly(2026, 2, 1),
        Interests = ["tide gauges", "\"salt marsh\" -mangrove", "author:\"Quill\"", "cat:physics.ao-ph"],
        HeldOver = 2,
        Receipt = new IssueReceipt(1214, 186, 9, 7, 2, []) { WholeSince = new DateOnly(2026, 1, 3) },
        Footer = Footer,
        Papers =
        [
            (Paper(101, "What tide gauges remember: a century of σ-levels at R² = 0.97") with
            {
                Abstract = "Harbours have kept records for long, e.g. in ink. We read them again. Tide gauges drift by 0.3 mm a year (Fig. 2), "
                    + "which nobody had noticed. Our data stand at https://data.example.org/tides. All of it is open.",
                Upvotes = 24,
                CodeUrl = "https://code.example.org/tides",
            }).Because("tide gauges"),
            (Paper(102, "Sediment under \"quiet\" water & <what> it keeps") with
            {
                Authors = [.. Enumerable.Range(1, 12).Select(i => $"Author {(char)('A' + i)}. Sample"), "Zoë Quill"],
                FollowedAuthors = [12],
                AnnounceType = "cross",
                Categories = ["physics.geo-ph", "physics.ao-ph"],
                Abstract = string.Join(' ', Enumerable.Range(1, 12).Select(i => $"Sentence number {i} says something that takes its room in the abstract."))
                    + " Only here do we speak of tide gauges and their keepers. And then there is one more.",
            }).Because("tide gauges"),
            (Paper(103, "A salt marsh from above") with { AnnounceType = "replace", PdfUrl = null }).Because("\"salt marsh\" -mangrove", "title"),
            Paper(104, "Notes on nothing") with { FollowedAuthors = [0], Reason = new IssueReason("author:\"Quill\"", "author", []) },
            Paper(105, "潮汐观测站的百年记录") with { Abstract = "我们重新阅读了这些记录。误差很小。", Language = "zh", Reason = new IssueReason("tide gauges", "abstract", []) },
            Paper(106, "Waves").Because("cat:physics.ao-ph", "category"),
            (Paper(107, "More waves") with { Authors = ["One", "Two", "Three", "Four", "Five"] }).Because("cat:physics.ao-ph", "category"),
        ],
    };

    private static IEnumerable<TextRange> Hits(string field, string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
            yield return new TextRange(field, at, words.Length);
    }
}
