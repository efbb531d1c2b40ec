using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>A real Dovecot.</summary>
public class ImapTests
{
    [FactWith<DovecotServer>]
    public async Task Each_mail_of_an_imap_mailbox_acts_once_also_after_its_numbers_changed()
    {
        await using var server = await DovecotServer.StartAsync();
        await using var room = await OpenAsync(server.Port);
        await server.DeliverAsync("1.a", Mails.Reply("Nice papers!", room.ReplyAddress()));
        await server.DeliverAsync("2.b", Mails.Reply("unsubscribe", room.ReplyAddress()));
        var report = await room.RunAsync();
        Assert.Equal((2, 0, (string?)null), (report.Read, report.Known, report.Trouble));
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
        Assert.Equal(0, (await room.RunAsync()).Read);

        await server.ForgetUidsAsync();
        await room.Service.Get<Subscriptions>().ResumeAsync(room.SubscriberId, "test", CancellationToken.None);
        report = await room.RunAsync();
        Assert.Equal((2, 2), (report.Read, report.Known));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [FactWith<DovecotServer>]
    public async Task What_was_read_is_marked_as_seen()
    {
        await using var server = await DovecotServer.StartAsync();
        await using var room = await OpenAsync(server.Port);
        await server.DeliverAsync("1.a", Mails.Reply("Nice papers!", room.ReplyAddress()));
        await room.RunAsync();
        Assert.EndsWith("S", Assert.Single(Directory.GetFiles(Path.Combine(server.Maildir, "cur"))), StringComparison.Ordinal);
    }

    [FactWith<DovecotServer>]
    public async Task New_mail_is_read_when_it_comes_where_the_server_has_idle()
    {
        await using var server = await DovecotServer.StartAsync();
        await using var room = await OpenAsync(server.Port);
        var watch = await room.WatchAsync();
        await server.DeliverAsync("1.a", Mails.Reply("unsubscribe", room.ReplyAddress()));
        for (var i = 0; i < 600 && (await room.SubscriberAsync()).State == SubscriberState.Active; i++)
            await Task.Delay(50);
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_is_down_is_told()
    {
        await using var nobody = await OpenAsync(1);
        Assert.Contains("127.0.0.1:1", (await nobody.RunAsync()).Trouble!, StringComparison.Ordinal);
    }

    [FactWith<DovecotServer>]
    public async Task A_server_that_refuses_is_told()
    {
        await using var server = await DovecotServer.StartAsync();
        await using var room = await OpenAsync(server.Port, "wrong");
        Assert.NotNull((await room.RunAsync()).Trouble);
    }

    private static Task<MailboxRoom> OpenAsync(int port, string password = "secret") => MailboxRoom.OpenAsync(("Mailbox:Kind", "imap"), ("Mailbox:Host", "127.0.0.1"),
        ("Mailbox:Port", $"{port}"), ("Mailbox:Username", "digest"), ("Mailbox:Password", password), ("Mailbox:Folder", "INBOX"));
}
