using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

public sealed class DeliveryRunTests
{
    [Fact]
    public async Task Every_queued_mail_arrives_once_and_is_sent()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: server.Settings(sessions: 4));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 250).Select(i => $"reader{i}"));

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal(250, report.Sent);
        Assert.Equal(250, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(250, server.Mails.Count);
        Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
        Assert.Equal("nothing was due", (await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None)).ToString());
    }

    [Fact]
    public async Task One_bad_mail_never_stops_the_others()
    {
        await using var server = new LoopbackSmtp();
        server.Script.Recipient["unknown"] = "550 5.1.1 User unknown";
        server.Script.Recipient["grey"] = "450 4.2.0 Greylisted, try again in 300 seconds";
        server.Script.Message["spam"] = "554 5.7.1 Looks like spam";
        server.Script.Message["lost"] = SmtpScript.Drop;
        await using var installation = await Installation.CreateAsync(settings: server.Settings());
        await Outboxes.AddLettersAsync(installation, ["unknown", "grey", "spam", "lost", "fine", "fine2"]);

        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal("bounced", await Outboxes.StateAsync(installation, "unknown"));
        Assert.Equal("deferred", await Outboxes.StateAsync(installation, "grey"));
        Assert.Equal("bounced", await Outboxes.StateAsync(installation, "spam"));
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "lost"));
        Assert.Equal("sent", await Outboxes.StateAsync(installation, "fine"));
        Assert.Equal("sent", await Outboxes.StateAsync(installation, "fine2"));
    }

    [Fact]
    public async Task No_mail_of_any_kind_goes_to_a_suppressed_address()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: server.Settings());
        var reader = await Readers.AddAsync(installation, "ada@bücher.example", letter: MailKind.Confirmation);
        await Outboxes.AddLettersAsync(installation, ["Stopped", "fine"], MailKind.Answer);
        await Outboxes.AddLettersAsync(installation, ["operator"], MailKind.Alarm);
        foreach (var address in new[] { "ada@bücher.example", "stopped@readers.example.net", "operator@readers.example.net" })
            await installation.Database.WriteAsync(transaction => installation.Get<Subscriptions>().SuppressAsync(transaction, EmailAddress.TryFold(address, out var key, out _) ? key : "", "operator", null), CancellationToken.None);

        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal(["fine@readers.example.net", "operator@readers.example.net"], server.Mails.Select(mail => mail.Recipient).Order(StringComparer.Ordinal));
        Assert.Equal(["suppressed"], await Readers.QueryAsync(installation, $"select state from outbox where subscriber_id = {reader.Id} and kind = 'confirmation'"));
        Assert.Equal("suppressed", await Outboxes.StateAsync(installation, "Stopped"));
    }

    [Fact]
    public async Task The_mark_is_in_the_database_before_the_final_dot()
    {
        var seen = "";
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: server.Settings());
        server.Script.BeforeFinalAnswer = async _ => seen = await Outboxes.StateAsync(installation, "reader");
        await Outboxes.AddLettersAsync(installation, ["reader"]);

        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal("in_doubt", seen);
    }

    [Fact]
    public async Task A_mail_taken_back_after_RCPT_is_not_sent()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: server.Settings(sessions: 1));
        await Outboxes.AddLettersAsync(installation, ["leaver", "stayer"]);
        server.Script.AtRecipient = recipient => recipient.StartsWith("leaver", StringComparison.Ordinal)
            ? installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("update outbox set state = 'suppressed' where recipient like 'leaver%'"), CancellationToken.None)
            : Task.CompletedTask;

        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal("stayer", Assert.Single(server.Mails).Local);
        Assert.Equal("suppressed", await Outboxes.StateAsync(installation, "leaver"));
    }

    [Fact]
    public async Task A_host_that_is_down_blames_no_mail()
    {
        var closed = new LoopbackSmtp();
        var settings = closed.Settings();
        await closed.DisposeAsync();
        await using var installation = await Installation.CreateAsync(settings: settings);
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 20).Select(i => $"reader{i}"));

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.NotNull(report.Stopped);
        Assert.Equal(["queued"], await Outboxes.StatesAsync(installation));
        Assert.Equal(0, await installation.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select sum(attempts) from outbox"), CancellationToken.None));
    }

    [Fact]
    public async Task Pickup_and_SMTP_give_the_same_octets_whenever_they_are_made()
    {
        await using var server = new LoopbackSmtp();
        await using var first = await Installation.CreateAsync(settings: server.Settings());
        await Outboxes.AddLettersAsync(first, ["reader"]);
        await first.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        await first.Database.WriteAsync(transaction => transaction.ExecuteAsync("update outbox set state = 'queued'"), CancellationToken.None);
        await using var second = await Installation.CreateAsync(folder: first.Folder);

        await second.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(first.Folder, "pickup"), "*.eml"));
        Assert.Equal(Assert.Single(server.Mails).Octets, await File.ReadAllBytesAsync(file));
    }
}
