using Digest.Templates;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>Our own mails come back in replies: whatever became of the quote marks, their words are nobody's wish.</summary>
public class OwnMailTests
{
    private static readonly MailTemplates Templates = MailTemplates.Load(null);

    public static TheoryData<string> Languages => ["en", "de", "fr", "es", "zh", "ja"];

    [Theory, MemberData(nameof(Languages))]
    public void An_issue_that_comes_back_without_marks_asks_for_nothing(string language)
    {
        Assert.Empty(Mails.Explain(Mails.Reply(Issue(language).Text)).Commands);
        Assert.Empty(Mails.Explain(Mails.Reply("Thanks!\n\n" + Issue(language).Text)).Commands);
        var footer = Issue(language).Text.Split('\n')[^14..];
        for (var from = 0; from < footer.Length; from++)
            Assert.Empty(Mails.Explain(Mails.Reply("Thanks!\n\n" + string.Join('\n', footer[..^from]))).Commands);
    }

    [Theory, MemberData(nameof(Languages))]
    public void A_wish_above_a_quoted_issue_is_found(string language)
    {
        var quoted = string.Join('\n', Issue(language).Text.Split('\n').Select(line => $"> {line}"));
        Assert.Equal("unsubscribe", Assert.Single(Mails.Explain(Mails.Reply($"unsubscribe\n\nOn Mon, 5 Jan 2026 at 07:00, Digest <digest@lists.example.org> wrote:\n{quoted}")).Commands).Name);
        var html = $"<div>unsubscribe</div><div class=\"gmail_quote\"><div>On Mon, 5 Jan 2026 Digest wrote:</div><blockquote>{Issue(language).Html}</blockquote></div>";
        Assert.Equal("unsubscribe", Assert.Single(Mails.Explain(Mails.Reply(html).Replace("text/plain", "text/html", StringComparison.Ordinal)).Commands).Name);
    }

    private static RenderedMail Issue(string language) => Templates.Render(new IssueModel
    {
        Language = language,
        SiteName = "Digest",
        Date = new DateOnly(2026, 1, 5),
        Papers = [new IssuePaper { Id = "2601.00001", Title = "Attention is not all you need", Abstract = "We stop and unsubscribe.", Authors = ["A. Author"], Url = "https://arxiv.org/abs/2601.00001" }],
        Interests = ["graph neural networks"],
        Footer = new MailFooter { Recipient = MailboxRoom.Reader, ReplyTo = "digest+r-abc@lists.example.org", UnsubscribeUrl = "https://digest.example.org/u/abc" },
    });
}
