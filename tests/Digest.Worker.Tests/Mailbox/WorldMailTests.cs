using System.Text;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>Whole mails, written after what servers and mail programs around the world send.</summary>
public class WorldMailTests
{
    public static TheoryData<int, string, string> Bounces => Read("bounces");

    public static TheoryData<int, string, string> Machines => Read("machines");

    public static TheoryData<int, string, string> Complaints => Read("complaints");

    public static TheoryData<int, string, string> Replies => Read("replies");

    [Theory, MemberData(nameof(Bounces))]
    public void A_bounce_is_seen_and_judged(int number, string expected, string mail)
    {
        var explanation = Explain(mail);
        var recipient = explanation.Recipients is [var first, ..] ? first : null;
        var verdict = recipient?.Action == DeliveryAction.Delayed ? "delayed" : recipient?.Severity?.ToString().ToLowerInvariant();
        Assert.Equal((number, expected), (number, $"{Kind(explanation)} | {verdict} | {recipient?.Address}"));
    }

    [Theory, MemberData(nameof(Machines))]
    public void A_machine_is_no_human(int number, string expected, string mail) => Check(number, expected, mail);

    [Theory, MemberData(nameof(Complaints))]
    public void A_complaint_is_seen_by_its_kind(int number, string expected, string mail) => Check(number, expected, mail);

    [Theory, MemberData(nameof(Replies))]
    public void What_is_quoted_does_not_hide_a_wish(int number, string expected, string mail) => Check(number, expected, mail);

    private static void Check(int number, string expected, string mail)
    {
        var explanation = Explain(mail);
        var more = explanation.Feedback ?? (explanation.Commands.Count > 0 ? explanation.Commands[0].Name : explanation.IsUnclear ? "unclear" : null);
        var kind = Kind(explanation);
        Assert.Equal((number, expected), (number, more is null || !expected.Contains('|', StringComparison.Ordinal) ? kind : $"{kind} | {more}"));
    }

    private static string Kind(Explanation explanation) => explanation.Kind == InboundKind.AutoReply ? "auto-reply" : explanation.Kind.ToString().ToLowerInvariant();

    private static Explanation Explain(string mail)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var raw = mail.Contains("charset=koi8-r", StringComparison.Ordinal) ? Encoding.GetEncoding("koi8-r") : Encoding.UTF8;
        return MailUnderstanding.Explain(MailReader.Parse(raw.GetBytes(mail), CancellationToken.None));
    }

    /// <summary>Mails divided by lines that begin with "%%% " and tell what is expected.</summary>
    private static TheoryData<int, string, string> Read(string name)
    {
        var data = new TheoryData<int, string, string>();
        var number = 0;
        foreach (var block in File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Mailbox", "Cases", $"{name}.mails")).Split("\n%%% ").Skip(1))
            data.Add(++number, block[..block.IndexOf('\n', StringComparison.Ordinal)], block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        return data;
    }
}
