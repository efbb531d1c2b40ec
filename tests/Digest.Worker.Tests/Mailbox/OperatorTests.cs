using System.Text;
using Dapper;
using Digest.Worker.Mailbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Mailbox;

public class OperatorTests
{
    [Fact]
    public async Task A_mail_through_a_pipe_is_handled_once_and_by_its_envelope_recipient()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var mail = Encoding.UTF8.GetBytes(Mails.Reply("unsubscribe", "digest@lists.example.org"));
        var received = room.Service.Get<ReceivedMail>();
        Assert.True((await received.HandleAsync(new MemoryStream(mail), room.ReplyAddress(), CancellationToken.None)).Handled);
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
        Assert.Equal("It was handled before.", (await received.HandleAsync(new MemoryStream(mail), room.ReplyAddress(), CancellationToken.None)).Text);
    }

    [Fact]
    public async Task Status_counts_lists_the_unclear_and_alarms_over_a_thousandth_of_complaints()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("What a nice day.", room.ReplyAddress()));
        for (var i = 0; i < 3; i++)
        {
            var id = await room.SubscribeAsync($"r{i}@example.com");
            await room.ReceiveAsync(Mails.Complaint(room.ReplyAddress(id)));
        }
        await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), MailboxRoom.Reader));
        var status = await room.Service.Get<MailboxStatusStore>().ReadAsync(room.Time.GetUtcNow(), CancellationToken.None);
        Assert.Single(status.Unclear);
        Assert.Equal(3, status.Complaints);
        Assert.True(status.IsAlarm);
        Assert.Contains(status.Domains, domain => domain is { Domain: "example.com", Complaints: 3 });
        Assert.Contains(status.Domains, domain => domain is { Domain: "example.net", Hard: 1 });
    }

    [Fact]
    [Trait("Engine", "sqlite")]
    public async Task A_mail_that_fails_three_times_is_set_aside_and_the_others_go_on()
    {
        await using var room = await MailboxRoom.OpenAsync();
        // A trigger stands for whatever makes one mail fail and not the others.
        await room.Service.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            "create trigger poison before update on inbound when new.effect = 'unclear' begin select raise(abort, 'poison'); end", null, transaction), CancellationToken.None);
        room.Receive(Mails.Reply("What a nice day.", room.ReplyAddress()));
        room.Receive(Mails.Reply("unsubscribe", room.ReplyAddress()));
        await room.RunAsync();
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
        Assert.Single(Directory.GetFiles(Path.Combine(room.Maildir, "new")));
        await room.RunAsync();
        Assert.Equal(1, (await room.RunAsync()).SetAside);
        Assert.Empty(Directory.GetFiles(Path.Combine(room.Maildir, "new")));
        Assert.Single(Directory.GetFiles(Path.Combine(room.Maildir, ".Failed", "cur")));
    }

    [Fact]
    public async Task Complaints_over_a_thousandth_raise_an_alarm_that_is_told_once()
    {
        await using var room = await MailboxRoom.OpenAsync(("Alerts:To", "operator@example.org"));
        var other = await room.SubscribeAsync("other@example.net");
        await room.SendIssueAsync(other, 8, "issue-2@lists.example.org");
        await room.ReceiveAsync(Mails.Complaint(room.ReturnPath()));
        Assert.DoesNotContain(await room.LettersAsync(), letter => letter.StartsWith("alarm", StringComparison.Ordinal));
        await room.ReceiveAsync(Mails.Complaint(room.ReturnPath(other, 8)));
        await room.RunAsync();
        Assert.Equal("alarm operator@example.org", Assert.Single(await room.LettersAsync(), letter => letter.StartsWith("alarm", StringComparison.Ordinal)));
    }
}
