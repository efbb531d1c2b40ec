using Digest.Worker.Mailbox.Understanding;

namespace Digest.Worker.Tests.Mailbox;

public class UnderstandingTests
{
    private const string Quoted = "On Mon, 5 Jan 2026 at 07:00, Digest <digest@news.example.org> wrote:\n> To unsubscribe, reply with the word unsubscribe\n> 1. A paper";

    [Theory]
    [InlineData("unsubscribe\n\n" + Quoted)]
    [InlineData(Quoted + "\n\nunsubscribe\n")]
    [InlineData("> To unsubscribe, reply unsubscribe\n\nunsubscribe")]
    [InlineData("unsubscribe\n\n-- \nMary\nhttps://example.net")]
    [InlineData("unsubscribe\n\nSent from my iPhone\n\n" + Quoted)]
    [InlineData("unsubscribe\n\n________________________________\nFrom: Digest\nSent: Monday\nTo: Reader\nSubject: Your papers\n\nTo unsubscribe reply")]
    [InlineData("abmelden\n\nAm 05.01.2026 um 07:00 schrieb Digest <digest@news.example.org>:\n> Papers")]
    [InlineData("退订\n\n在 2026年1月5日，上午7:00，Digest <digest@news.example.org> 写道：\n> 论文")]
    public void The_readers_own_words_are_found_above_and_below_quotes(string text)
    {
        var explanation = Mails.Explain(Mails.Reply(text));
        Assert.Equal(InboundKind.Human, explanation.Kind);
        Assert.Equal("unsubscribe", Assert.Single(explanation.Commands).Name);
    }

    [Theory]
    [InlineData(Quoted)]
    [InlineData("Great papers today!\n\n" + Quoted)]
    [InlineData("Great papers today!\n\nTo unsubscribe, reply with the word unsubscribe")]
    [InlineData("Fine.\n\n> unsubscribe")]
    public void Nothing_quoted_and_no_footer_is_a_wish(string text) => Assert.Empty(Mails.Explain(Mails.Reply(text)).Commands);

    public static TheoryData<string, string, string> Writers => CaseLines.Read("says.txt");

    [Theory, MemberData(nameof(Writers))]
    public void Who_wrote_is_told_by_the_words_where_no_header_tells(string expected, string subject, string text)
    {
        var kind = Mails.Explain(Mails.Reply(text, subject: subject)).Kind;
        Assert.Equal(expected, kind is InboundKind.AutoReply or InboundKind.Other ? "machine" : kind == InboundKind.Human ? "human" : kind.ToString());
    }

    [Fact]
    public void Html_alone_is_read_without_its_quote_blocks()
    {
        var mail = Mails.Reply("<div dir=ltr>unsubscribe</div><div class=gmail_quote>On Monday Digest wrote:<blockquote>stay</blockquote></div>")
            .Replace("text/plain", "text/html", StringComparison.Ordinal);
        Assert.Equal("unsubscribe", Assert.Single(Mails.Explain(mail).Commands).Name);
    }

    [Fact]
    public void A_machine_never_asks_for_anything()
    {
        foreach (var header in new[] { "Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: bulk", "List-Id: <list.example.org>" })
        {
            var explanation = Mails.Explain(Mails.Reply("unsubscribe", headers: header));
            Assert.NotEqual(InboundKind.Human, explanation.Kind);
            Assert.Empty(explanation.Commands);
        }
        Assert.Equal(InboundKind.AutoReply, Mails.Explain(Mails.Vacation("digest@news.example.org")).Kind);
        Assert.Equal(InboundKind.Human, Mails.Explain(Mails.Reply("Thanks!", headers: "X-Auto-Response-Suppress: All")).Kind);
    }

    [Fact]
    public void A_delivery_report_names_recipient_severity_and_reason()
    {
        var explanation = Mails.Explain(Mails.Bounce("digest@news.example.org", "gone@example.net"));
        var recipient = Assert.Single(explanation.Recipients);
        Assert.Equal(InboundKind.Bounce, explanation.Kind);
        Assert.Equal(("gone@example.net", DeliveryAction.Failed, Severity.Hard, "5.1.1", "user-unknown"),
            (recipient.Address, recipient.Action, recipient.Severity, recipient.Status, recipient.Reason));
    }

    [Theory]
    [InlineData("delayed", "4.4.1", "Bounce")]
    [InlineData("delivered", "2.0.0", "Other")]
    [InlineData("expanded", "2.0.0", "Other")]
    public void Only_a_failure_is_a_failure(string action, string status, string kind)
    {
        var explanation = Mails.Explain(Mails.Bounce("digest@news.example.org", "a@example.net", action, status, "smtp; 250 ok").Replace("Auto-Submitted: auto-replied\n", "", StringComparison.Ordinal));
        Assert.Equal(kind, explanation.Kind.ToString());
        Assert.DoesNotContain(explanation.Recipients, recipient => recipient.Action == DeliveryAction.Failed);
    }

    [Theory]
    [InlineData("abuse")]
    [InlineData("auth-failure")]
    [InlineData("not-spam")]
    public void A_feedback_report_is_told_by_its_type(string type)
    {
        var explanation = Mails.Explain(Mails.Complaint("fbl@news.example.org", type));
        Assert.Equal((InboundKind.Complaint, type), (explanation.Kind, explanation.Feedback));
    }
}
