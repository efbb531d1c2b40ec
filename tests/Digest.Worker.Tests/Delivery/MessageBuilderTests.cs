using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;
using MimeKit;

namespace Digest.Worker.Tests.Delivery;

public sealed class MessageBuilderTests
{
    private static readonly RenderedMail Content = new("3 papers on graphs", "<html><body>Naïve</body></html>\n", "Naïve\n.\n..dots\nFrom here\n");

    [Fact]
    public async Task A_thousand_hostile_mails_keep_the_standards()
    {
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?>
        {
            ["Web:PublicUrl"] = "https://digest.example.org/x",
            ["Sender:Name"] = "Digest für Zoë, \"the\" <best> 机器",
        });
        var hostile = new HostileText(20260126);
        for (var i = 0; i < 1_000; i++)
        {
            var eightBit = i % 3 > 0;
            var mail = Mail(i);
            var content = new RenderedMail(hostile.Next(), hostile.Next(), hostile.Next());
            var octets = Octets(installation.Get<MessageBuilder>().Build(mail, content, eightBit));

            Assert.Empty(HeaderChecker.Check(octets, issue: true));
            Assert.True(eightBit || System.Text.Ascii.IsValid(octets));
            var parsed = MimeMessage.Load(new MemoryStream(octets));
            Assert.Equal($"reader{i}@readers.example.net", Assert.Single(parsed.To.Mailboxes).Address);
            Assert.Empty(parsed.Cc.Concat(parsed.Bcc));
            var parts = Assert.IsType<MultipartAlternative>(parsed.Body);
            Assert.Equal(["text/plain", "text/html"], parts.Select(part => part.ContentType.MimeType));
            Assert.Equal(Clean(content.Text), Clean(Assert.IsType<TextPart>(parts[0]).Text));
            Assert.Equal(HeaderBlock.OneLine(content.Subject).Replace(" ", ""), parsed.Subject!.Replace(" ", ""));
        }
    }

    [Fact]
    public async Task An_issue_has_every_header_and_a_letter_answers_nobody_by_machine()
    {
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?> { ["Web:PublicUrl"] = "https://digest.example.org" });
        var builder = installation.Get<MessageBuilder>();
        var issue = Parse(builder.Build(Mail(1), Content, true));
        Assert.Matches("^<https://digest.example.org/u/[a-z2-7]+>, <mailto:digest\\+r-[a-z2-7]+@lists.example.org\\?subject=unsubscribe>$", issue.Headers["List-Unsubscribe"]!.ReplaceLineEndings(""));
        Assert.Equal("List-Unsubscribe=One-Click", issue.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("auto-generated", issue.Headers["Auto-Submitted"]);
        Assert.Equal("<digest.lists.example.org>", issue.Headers["List-Id"]);
        Assert.Matches("^digest\\+b-[a-z2-7]+@lists.example.org$", builder.Build(Mail(1), Content, true).ReturnPath);

        var answer = builder.Build(Mail(1) with { Kind = MailKind.Answer, Key = "answer/1/1" }, Content, true);
        Assert.Equal("", answer.ReturnPath);
        Assert.Equal("auto-replied", Parse(answer).Headers["Auto-Submitted"]);
        Assert.Null(Parse(answer).Headers["List-Unsubscribe"]);
    }

    [Fact]
    public async Task Without_an_https_page_there_is_no_one_click()
    {
        foreach (var url in new[] { null, "http://digest.example.org" })
        {
            await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?> { ["Web:PublicUrl"] = url });
            var issue = Parse(installation.Get<MessageBuilder>().Build(Mail(1), Content, true));
            Assert.Null(issue.Headers["List-Unsubscribe-Post"]);
            Assert.StartsWith("<mailto:", issue.Headers["List-Unsubscribe"]);
        }
    }

    [Fact]
    public async Task The_same_row_gives_the_same_octets_in_another_process_and_another_row_does_not()
    {
        await using var first = await Installation.CreateAsync();
        await using var second = await Installation.CreateAsync(folder: first.Folder);
        Assert.Equal(Octets(first.Get<MessageBuilder>().Build(Mail(1), Content, true)), Octets(second.Get<MessageBuilder>().Build(Mail(1), Content, true)));
        Assert.NotEqual(first.Get<MessageBuilder>().Build(Mail(1), Content, true).MessageId, first.Get<MessageBuilder>().Build(Mail(2), Content, true).MessageId);
    }

    internal static ClaimedMail Mail(int i) => new()
    {
        Id = i,
        Key = $"issue/{i}/2026-01-26",
        Kind = MailKind.Issue,
        SubscriberId = i,
        IssueId = i + 1_000_000,
        Recipient = $"reader{i}@readers.example.net",
        Payload = "{}",
        CreatedAt = Outboxes.Noon,
    };

    internal static byte[] Octets(OutgoingMail mail)
    {
        using var all = new MemoryStream();
        foreach (var header in mail.Headers)
        {
            all.Write(System.Text.Encoding.ASCII.GetBytes(header.Name + ":"));
            all.Write(header.RawValue);
        }
        all.Write("\r\n"u8);
        all.Write(mail.Body.Span);
        Assert.Equal(all.Length, mail.Size);
        return all.ToArray();
    }

    private static MimeMessage Parse(OutgoingMail mail) => MimeMessage.Load(new MemoryStream(Octets(mail)));

    // Lone surrogates become the replacement character on the way to UTF-8, as everywhere; line ends are the wire's.
    private static string Clean(string text) =>
        new string([.. System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Where(c => c is not ('\r' or '\n') && !(char.IsControl(c) && c != '\t'))]);
}
