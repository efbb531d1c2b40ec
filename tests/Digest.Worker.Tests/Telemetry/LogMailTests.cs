using Dapper;
using Digest.Worker.Tests.Mailbox;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Telemetry;

/// <summary>The lines of a day at Trace with a real Postfix and Dovecot, and all that comes back by mail: wishes, bounces, complaints, absences, strangers.</summary>
public sealed class LogMailTests
{
    private static readonly (string Kind, string Text)[] Answers =
        [("human", "add topic seven"), ("human", "why 1"), ("human", "What a lovely day it is over here."), ("absent", ""), ("absent until", ""), ("complaint", ""), ("forged", "unsubscribe"), ("forwarded", "unsubscribe"), ("human", "unsubscribe"), ("late", "")];

    [FactWith<MailHost>]
    public async Task What_comes_back_by_mail_names_nobody_in_a_day_of_trace()
    {
        RoundTripReader[] readers = [.. Answers.Select((answer, i) => new RoundTripReader($"{(answer.Kind == "late" ? "late" : "reader")}.number{i}", "en", answer.Kind, answer.Text, _ => { }, 0) { Number = i })];
        await using var host = await MailHost.StartAsync([.. readers.Select(reader => reader.User), "digest", "stranger", "fbl", "the.operator"]);
        using var day = new LoggedDay(Settings(host));
        await day.BeginAsync();
        foreach (var reader in readers)
            await day.DoAsync("", "subscriber", "add", $"{reader.User}@digest.test", "--interest", "language models", "--now");
        await LoggedDay.UntilAsync(() => readers.Where(reader => !reader.IsLate).All(reader => host.Inbox(reader.User).Count > 0), $"the issues do not come\n{host.Log}");
        var issues = readers.Where(reader => !reader.IsLate).Select(reader => File.ReadAllText(host.Inbox(reader.User)[0])).ToList();
        await using (var post = await ReaderPost.ConnectAsync(host))
            foreach (var (reader, issue) in readers.Where(reader => reader.Answers).Zip(issues))
                await post.SendAsync(reader, issue);
        await LoggedDay.UntilAsync(async () => await ReadAsync(day) >= Answers.Length, $"the answers are not read\n{host.Log}");
        await day.DoAsync("", "mailbox", "run");
        await day.DoAsync("", "mailbox", "status");

        var all = await day.EndAsync();
        Assert.Contains("\"level\":\"trace\"", all, StringComparison.Ordinal);
        var tokens = issues.SelectMany(issue => LoggedDay.Tokens(MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(issue))))).Distinct().ToList();
        Assert.True(tokens.Count >= readers.Length, $"{tokens.Count} tokens were found in the mails");
        foreach (var secret in (string[])[.. readers.Select(reader => reader.User), "@digest.test", "%40digest.test", "the.operator", "stranger@", .. tokens])
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<long> ReadAsync(LoggedDay day)
    {
        await using var connection = new SqliteConnection(day.Program.ConnectionString);
        return await connection.ExecuteScalarAsync<long>("select count(*) from inbound");
    }

    private static IEnumerable<(string, string?)> Settings(MailHost host) =>
    [
        ("Sender:From", "digest@digest.test"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{host.Smtp}"), ("Smtp:Security", "none"),
        ("Mailbox:Kind", "imap"), ("Mailbox:Host", "localhost"), ("Mailbox:Port", $"{host.Imaps}"), ("Mailbox:Security", "tls"), ("Mailbox:Username", "digest"), ("Mailbox:Password", "secret"),
        ("Alerts:To", "the.operator@digest.test"), ("SSL_CERT_FILE", host.Certificate),
    ];
}
