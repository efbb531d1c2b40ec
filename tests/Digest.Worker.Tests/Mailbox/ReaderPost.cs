using System.Text;
using Digest.Worker.Tests.Support;
using MailKit.Net.Smtp;
using MimeKit;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>Sends, through a real server, what a reader or a machine of theirs answers to an issue that they got.</summary>
internal sealed class ReaderPost : IAsyncDisposable
{
    private readonly SmtpClient client = new();

    public static async Task<ReaderPost> ConnectAsync(MailHost host)
    {
        var post = new ReaderPost();
        await post.client.ConnectAsync("127.0.0.1", host.Smtp, MailKit.Security.SecureSocketOptions.None);
        return post;
    }

    public async Task SendAsync(RoundTripReader reader, string issue)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(issue));
        var original = await MimeMessage.LoadAsync(stream);
        var replyTo = original.ReplyTo.Mailboxes.First().Address;
        var (from, to, text) = reader.Kind switch
        {
            "complaint" => ("fbl", "digest@digest.test", Mails.Complaint("digest@digest.test").Replace("From: digest@news.example.org\n", issue.ReplaceLineEndings("\n")[..issue.ReplaceLineEndings("\n").IndexOf("\n\n", StringComparison.Ordinal)] + "\n", StringComparison.Ordinal)),
            "forged" => (reader.User, Forged(replyTo), Human(reader, original, answers: false)),
            "forwarded" => ("stranger", replyTo, Human(reader, original, answers: true)),
            "absent" => (reader.User, replyTo, Mails.Vacation(replyTo, "I am out of the office.")),
            "absent until" => (reader.User, replyTo, Mails.Vacation(replyTo, $"I am out of the office until {TimeProvider.System.GetUtcNow().AddDays(20):d MMMM}.")),
            _ => (reader.User, replyTo, Human(reader, original, answers: true)),
        };
        var address = $"{from}@digest.test";
        using var raw = new MemoryStream(Encoding.UTF8.GetBytes(text.Replace("reader@example.net", address, StringComparison.Ordinal).Replace("fbl@example.net", address, StringComparison.Ordinal)));
        using var mail = await MimeMessage.LoadAsync(raw);
        await client.SendAsync(mail, new MailboxAddress("", address), [new MailboxAddress("", to)]);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisconnectAsync(quit: true);
        client.Dispose();
    }

    /// <summary>Another character in the middle of the token.</summary>
    private static string Forged(string replyTo)
    {
        var at = replyTo.IndexOf("+r-", StringComparison.Ordinal) + 12;
        return $"{replyTo[..at]}{(replyTo[at] == 'a' ? 'b' : 'a')}{replyTo[(at + 1)..]}";
    }

    /// <summary>The answer above the quote, below it, between two of Outlook's head lines, or in HTML.</summary>
    private static string Human(RoundTripReader reader, MimeMessage original, bool answers)
    {
        var quoted = string.Join('\n', (original.TextBody ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}"));
        var (body, type) = (reader.Number % 4) switch
        {
            0 => ($"{reader.Text}\n\nOn Mon, 5 Jan 2026 at 07:00, Digest <digest@digest.test> wrote:\n{quoted}\n", "plain"),
            1 => ($"On Mon, 5 Jan 2026 at 07:00, Digest <digest@digest.test> wrote:\n{quoted}\n\n{reader.Text}\n", "plain"),
            2 => ($"{reader.Text}\n\nFrom: Digest <digest@digest.test>\nSent: Monday, January 5, 2026 7:00 AM\nTo: {reader.User}@digest.test\nSubject: {original.Subject}\n\n{original.TextBody}\n", "plain"),
            _ => ($"<div dir=\"ltr\">{reader.Text}</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Monday Digest wrote:</div><blockquote class=\"gmail_quote\">{original.HtmlBody}</blockquote></div>", "html"),
        };
        var headers = answers ? $"In-Reply-To: <{original.MessageId}>\nReferences: <{original.MessageId}>" : "X-Mailer: test";
        return Mails.Reply(body, headers: headers, subject: $"Re: {original.Subject}").Replace("text/plain", $"text/{type}", StringComparison.Ordinal);
    }
}
