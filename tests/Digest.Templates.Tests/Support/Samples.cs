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
        Reason = new IssueReason("nothing", "title", [new TextRange("title", title.Length > 20 ? 14 : 0, 7)]),
    };

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
}
