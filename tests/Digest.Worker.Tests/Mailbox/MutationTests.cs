using System.Text;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>Whatever is done to a mail, it is explained: no exception, and no damaged machine mail becomes a human's wish.</summary>
public class MutationTests
{
    private static readonly string[] Machines =
    [
        Mails.Bounce("digest@news.example.org", "a@example.net"),
        Mails.Complaint("fbl@news.example.org"),
        Mails.Vacation("digest@news.example.org"),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 25)];

    [Theory, MemberData(nameof(Seeds))]
    public void Damage_is_survived(int seed)
    {
        var random = new Random(seed);
        foreach (var mail in Machines.Append(Mails.Reply("unsubscribe\n\nOn Monday 5 Jan 2026 a@b.c wrote:\n> x")))
        {
            var octets = Encoding.UTF8.GetBytes(mail);
            for (var i = 0; i < 10; i++)
                Assert.NotNull(Explain(Damage(octets, random)));
        }
    }

    [Fact]
    public void Every_truncation_is_survived()
    {
        foreach (var mail in Machines)
            for (var length = 0; length < mail.Length; length += 7)
                Assert.Empty(Explain(Encoding.UTF8.GetBytes(mail[..length])).Commands);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Line_ends_do_not_matter_to_a_bounce(string end)
    {
        var explanation = Explain(Encoding.UTF8.GetBytes(Machines[0].Replace("\n", end, StringComparison.Ordinal)));
        Assert.NotEqual(InboundKind.Human, explanation.Kind);
    }

    [Fact]
    public void Deep_nesting_and_endless_headers_are_cut_short()
    {
        var nested = new StringBuilder("From: a@example.net\nContent-Type: multipart/mixed; boundary=n0\n\n");
        for (var i = 0; i < 2000; i++)
            nested.Append(System.Globalization.CultureInfo.InvariantCulture, $"--n{i}\nContent-Type: multipart/mixed; boundary=n{i + 1}\n\n");
        Assert.NotNull(Explain(Encoding.ASCII.GetBytes(nested.ToString())));
        var headers = string.Concat(Enumerable.Range(0, 20000).Select(i => $"Subject: unsubscribe {i}\n"));
        Assert.NotNull(Explain(Encoding.ASCII.GetBytes(headers + "\nhello")));
        Assert.NotNull(Explain(Encoding.ASCII.GetBytes("From: " + new string('<', 500_000) + "\n\n" + new string('>', 400_000))));
        Assert.NotNull(Explain(Encoding.ASCII.GetBytes("From: a@b.c\nContent-Type: text/html\n\n" + string.Concat(Enumerable.Repeat("<blockquote><div class=x>", 20000)))));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_header_that_never_ends_costs_no_more_than_a_long_one_also_inside_an_attached_mail(string end)
    {
        var endless = "Received: from a.example.net\n" + string.Concat(Enumerable.Repeat("\tby b.example.net with ESMTP id 22222222A\n", 10_000));
        foreach (var mail in new[] { $"{endless}Subject: unsubscribe\n\n", $"From: <>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n{endless}\nx\n--b--\n" })
        {
            var octets = Encoding.ASCII.GetBytes(mail.ReplaceLineEndings(end));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Explain(octets);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void What_follows_a_cut_header_is_read_as_before(string end)
    {
        var mail = $"From: a@example.net\nX-Long: {new string('x', 60_000)}\n {new string('y', 60_000)}\nSubject: unsubscribe\n\n".ReplaceLineEndings(end);
        Assert.Equal("unsubscribe", MailReader.Parse(Encoding.ASCII.GetBytes(mail), CancellationToken.None).Subject);
    }

    private static byte[] Damage(byte[] mail, Random random)
    {
        var copy = (byte[])mail.Clone();
        switch (random.Next(5))
        {
            case 0:
                return copy[..random.Next(copy.Length)];
            case 1:
                for (var i = 0; i < 20; i++)
                    copy[random.Next(copy.Length)] = (byte)random.Next(256);
                return copy;
            case 2:
                var at = random.Next(copy.Length);
                return [.. copy[..at], .. copy[random.Next(copy.Length)..], .. copy[at..]];
            case 3:
                return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(copy).Replace("text/plain", $"text/plain; charset={new[] { "utf-16", "iso-2022-jp", "utf-7", "x-none", "gb18030", "ebcdic-us" }[random.Next(6)]}", StringComparison.Ordinal));
            default:
                var lines = Encoding.UTF8.GetString(copy).Split('\n');
                random.Shuffle(lines);
                return Encoding.UTF8.GetBytes(string.Join('\n', lines));
        }
    }

    private static Explanation Explain(byte[] mail) => MailUnderstanding.Explain(MailReader.Parse(mail, CancellationToken.None));
}
