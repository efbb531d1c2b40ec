using System.Text;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>Mails as they come in, written out.</summary>
internal static class Mails
{
    public static Explanation Explain(string mail) => MailUnderstanding.Explain(MailReader.Parse(Encoding.UTF8.GetBytes(mail), CancellationToken.None));

    public static string Reply(string text, string to = "digest@news.example.org", string subject = "Re: Your papers", string from = "reader@example.net", string headers = "") =>
        $"""
        From: A Reader <{from}>
        To: {to}
        Subject: {subject}
        Message-ID: <{Guid.NewGuid():N}@example.net>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit
        {headers}

        {text}
        """.Replace("8bit\n\n\n", "8bit\n\n", StringComparison.Ordinal);

    public static string Bounce(string to, string recipient, string action = "failed", string status = "5.1.1", string diagnostic = "smtp; 550 5.1.1 User unknown") =>
        $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{Guid.NewGuid():N}@mx.example.net>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: text/plain

        I'm sorry to have to inform you that your message could not be delivered.

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: {status}
        Diagnostic-Code: {diagnostic}

        --b1
        Content-Type: message/rfc822

        From: Digest <digest@news.example.org>
        To: {recipient}
        Subject: Your papers
        Message-ID: <issue-1@news.example.org>

        To unsubscribe, reply with the word unsubscribe.

        --b1--

        """;

    public static string Complaint(string to, string type = "abuse", string original = "") =>
        $"""
        From: fbl@example.net
        To: {to}
        Subject: Abuse report
        Message-ID: <{Guid.NewGuid():N}@example.net>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

        --b2
        Content-Type: text/plain

        This is an email abuse report.

        --b2
        Content-Type: message/feedback-report

        Feedback-Type: {type}
        User-Agent: Example/1.0
        Version: 1

        --b2
        Content-Type: message/rfc822

        From: digest@news.example.org
        {original}
        Subject: Your papers

        Papers.

        --b2--

        """;

    public static string Vacation(string to, string text = "I am out of the office until 5 January.") =>
        Reply(text, to, "Out of Office: Your papers", headers: "Auto-Submitted: auto-replied");
}
