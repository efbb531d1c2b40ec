using System.Diagnostics;
using System.Globalization;
using Digest.Worker;
using Digest.Worker.Mailbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Mailbox;

/// <summary>
/// How fast a mailbox full of bounces is read, and how soon an unsubscribe is obeyed that lies behind them, and one that comes meanwhile:
/// <c>flood [BOUNCES] [--imap]</c>. From a Maildir, or by IMAP from a real Dovecot over the same.
/// </summary>
internal static class FloodBench
{
    private const int Readers = 1000;
    private static readonly TimeSpan Meanwhile = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args)
    {
        var imap = args.Contains("--imap");
        var count = args.FirstOrDefault(word => word != "--imap") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 5000;
        if (imap && DovecotServer.Missing is { } missing)
        {
            Console.WriteLine(missing);
            return 2;
        }
        var folder = Directory.CreateTempSubdirectory("digest-flood-").FullName;
        await using var server = imap ? await DovecotServer.StartAsync() : null;
        var maildir = server?.Maildir ?? Path.Combine(folder, "mail");
        try
        {
            await using var app = DigestHost.Build(TimeProvider.System, Settings(folder, server), adjust: builder => builder.Logging.ClearProviders());
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
            var ids = await AddReadersAsync(app);
            await FillAsync(app, ids, maildir, count);
            var watch = Stopwatch.StartNew();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var behind = ObeyedAsync(app, ids[Readers], watch);
            var later = LaterAsync(app, ids, maildir, watch);
            var report = await app.Services.GetRequiredService<MailboxRun>().RunAsync(CancellationToken.None);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.Read} mails in {watch.Elapsed.TotalSeconds:0.0} s ({report.Read / watch.Elapsed.TotalSeconds:0} a second), {cpu.TotalMilliseconds / report.Read:0.00} ms of our CPU a mail; trouble: {report.Trouble ?? "none"}"));
            foreach (var (effect, number2) in report.Effects)
                Console.WriteLine($"{number2,8}  {effect}");
            var (lay, came) = (await behind, await later);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unsubscribe behind all bounces obeyed after {lay:0.0} s; one that came after {Meanwhile.TotalSeconds:0} s, {came:0.0} s later"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string?> Settings(string folder, DovecotServer? server) => new()
    {
        ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "digest.db")}",
        ["Storage:DataFolder"] = folder,
        ["Sender:From"] = "digest@lists.example.org",
        ["Mailbox:Kind"] = server is null ? "maildir" : "imap",
        ["Mailbox:Folder"] = server is null ? Path.Combine(folder, "mail") : "INBOX",
        ["Mailbox:Host"] = "127.0.0.1",
        ["Mailbox:Port"] = $"{server?.Port ?? 143}",
        ["Mailbox:Username"] = "digest",
        ["Mailbox:Password"] = "secret",
    };

    /// <summary>Seconds until the reader is unsubscribed; not a number after ten minutes.</summary>
    private static async Task<double> ObeyedAsync(WebApplication app, long id, Stopwatch watch)
    {
        var since = watch.Elapsed;
        var store = app.Services.GetRequiredService<SubscriberStore>();
        while ((watch.Elapsed - since).TotalMinutes < 10)
        {
            if ((await store.FindAsync(id, CancellationToken.None))!.State == SubscriberState.Unsubscribed)
                return (watch.Elapsed - since).TotalSeconds;
            await Task.Delay(100);
        }
        return double.NaN;
    }

    private static async Task<double> LaterAsync(WebApplication app, List<long> ids, string maildir, Stopwatch watch)
    {
        await Task.Delay(Meanwhile);
        await PutAsync(Path.Combine(maildir, "new"), "9999999.later", Unsubscribe(app, ids, Readers + 1));
        return await ObeyedAsync(app, ids[Readers + 1], watch);
    }

    private static string Unsubscribe(WebApplication app, List<long> ids, int reader) =>
        $"""
        From: reader{reader}@example.net
        To: {ReaderAddress.Write("digest@lists.example.org", TokenPurpose.Reply, app.Services.GetRequiredService<ReaderToken>().Write(TokenPurpose.Reply, ids[reader], 1))}
        Subject: Re: your papers
        Message-ID: <unsubscribe-{reader}@example.net>

        unsubscribe

        """;

    private static Task<List<long>> AddReadersAsync(WebApplication app)
    {
        var subscriptions = app.Services.GetRequiredService<Subscriptions>();
        return app.Services.GetRequiredService<Database>().WriteAsync(async transaction =>
        {
            var added = new List<long>();
            for (var i = 0; i < Readers + 2; i++)
                added.Add((await subscriptions.AddAsync(transaction, new SubscriberDraft { Email = $"reader{i}@example.net" }, "bench", null)).Subscriber!.Id);
            return added;
        }, CancellationToken.None);
    }

    private static async Task FillAsync(WebApplication app, List<long> ids, string maildir, int count)
    {
        var tokens = app.Services.GetRequiredService<ReaderToken>();
        var waiting = Directory.CreateDirectory(Path.Combine(maildir, "new")).FullName;
        for (var i = 0; i < count; i++)
        {
            var address = ReaderAddress.Write("digest@lists.example.org", TokenPurpose.Bounce, tokens.Write(TokenPurpose.Bounce, ids[i % Readers], 1));
            await PutAsync(waiting, $"{i:0000000}.bounce", Bounce(i, address, $"reader{i % Readers}@example.net"));
        }
        await PutAsync(waiting, $"{count:0000000}.reply", Unsubscribe(app, ids, Readers));
    }

    /// <summary>Readable and movable for the user whom the IMAP server runs as.</summary>
    private static async Task PutAsync(string folder, string name, string mail)
    {
        var temporary = Path.Combine(folder, "..", name);
        await File.WriteAllTextAsync(temporary, mail);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, (UnixFileMode)0b110_110_110);
        File.Move(temporary, Path.Combine(folder, name));
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
