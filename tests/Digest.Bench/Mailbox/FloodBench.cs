using System.Diagnostics;
using System.Globalization;
using Digest.Worker;
using Digest.Worker.Mailbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Mailbox;

/// <summary>How fast a Maildir full of bounces is read, and how soon an unsubscribe that came last is obeyed: <c>flood [BOUNCES]</c>.</summary>
internal static class FloodBench
{
    private const int Readers = 1000;

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 5000;
        var folder = Directory.CreateTempSubdirectory("digest-flood-").FullName;
        try
        {
            await using var app = DigestHost.Build(TimeProvider.System, new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "digest.db")}",
                ["Storage:DataFolder"] = folder,
                ["Sender:From"] = "digest@lists.example.org",
                ["Mailbox:Kind"] = "maildir",
                ["Mailbox:Folder"] = Path.Combine(folder, "mail"),
            }, adjust: builder => builder.Logging.ClearProviders());
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
            await FillAsync(app, Path.Combine(folder, "mail"), count);
            var watch = Stopwatch.StartNew();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var report = await app.Services.GetRequiredService<MailboxRun>().RunAsync(CancellationToken.None);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.Read} mails in {watch.Elapsed.TotalSeconds:0.0} s ({report.Read / watch.Elapsed.TotalSeconds:0} a second), {cpu.TotalMilliseconds / report.Read:0.00} ms of CPU a mail"));
            foreach (var (effect, number2) in report.Effects)
                Console.WriteLine($"{number2,8}  {effect}");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(WebApplication app, string maildir, int count)
    {
        var subscriptions = app.Services.GetRequiredService<Subscriptions>();
        var tokens = app.Services.GetRequiredService<ReaderToken>();
        var ids = await app.Services.GetRequiredService<Database>().WriteAsync(async transaction =>
        {
            var added = new List<long>();
            for (var i = 0; i < Readers; i++)
                added.Add((await subscriptions.AddAsync(transaction, new SubscriberDraft { Email = $"reader{i}@example.net" }, "bench", null)).Subscriber!.Id);
            return added;
        }, CancellationToken.None);
        var waiting = Directory.CreateDirectory(Path.Combine(maildir, "new")).FullName;
        for (var i = 0; i < count; i++)
        {
            var address = ReaderAddress.Write("digest@lists.example.org", TokenPurpose.Bounce, tokens.Write(TokenPurpose.Bounce, ids[i % Readers], 1));
            await File.WriteAllTextAsync(Path.Combine(waiting, $"{i:0000000}.bounce"), Bounce(i, address, $"reader{i % Readers}@example.net"));
        }
    }

    private static string Bounce(int number, string to, string recipient) =>
        $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.net
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{number}@mx.example.net>
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: text/plain

        I'm sorry to have to inform you that your message could not be delivered.

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; {recipient}
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

        --b1--

        """;
}
