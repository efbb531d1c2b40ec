using System.Diagnostics;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>The service is killed in the middle of its mail, again and again; at the end every mail has had its effect once.</summary>
public class KillTests
{
    private const int Each = 40;

    [Fact]
    public async Task Killed_and_started_again_every_mail_acts_exactly_once()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var readers = new List<long>();
        for (var i = 0; i < 4 * Each; i++)
            readers.Add(await room.SubscribeAsync($"reader{i}@example.org"));
        for (var i = 0; i < Each; i++)
        {
            room.Receive(Mails.Reply("unsubscribe", room.ReplyAddress(readers[i]), from: $"reader{i}@example.org"));
            room.Receive(Mails.Bounce(room.ReturnPath(readers[Each + i]), $"reader{Each + i}@example.org"));
            room.Receive(Mails.Reply($"add topic {i}\nat most 5", room.ReplyAddress(readers[(2 * Each) + i]), from: $"reader{(2 * Each) + i}@example.org"));
            room.Receive(Mails.Reply("unsubscribe", room.ReplyAddress(readers[(3 * Each) + i]), from: "stranger@example.com"));
        }

        var random = new Random(7);
        var kills = 0;
        while (Directory.GetFiles(Path.Combine(room.Maildir, "new")).Length > 0 && kills < 40)
        {
            using var worker = Start(room);
            var goal = Handled(room) + random.Next(1, 25);
            while (!worker.HasExited && Handled(room) < goal)
                await Task.Yield();
            if (!worker.HasExited)
            {
                worker.Kill();
                kills++;
            }
            await worker.WaitForExitAsync();
        }
        await room.RunAsync();

        Assert.True(kills > 0, "no run was killed");
        Assert.Equal([$"{4 * Each}"], await room.QueryAsync("select count(*) || '' from inbound"));
        var letters = await room.LettersAsync();
        Assert.Equal(Each, letters.Count(letter => letter.StartsWith("unsubscribed ", StringComparison.Ordinal)));
        Assert.Equal(2 * Each, letters.Count(letter => letter.StartsWith("answer ", StringComparison.Ordinal)));
        Assert.Equal([$"{Each}"], await room.QueryAsync("select count(*) || '' from suppression"));
        for (var i = 0; i < Each; i++)
        {
            Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync(readers[i])).State);
            Assert.Equal((SubscriberState.Active, $"graph neural networks\ntopic {i}", 5), await StateAsync(room, readers[(2 * Each) + i]));
            Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync(readers[(3 * Each) + i])).State);
        }
    }

    private static int Handled(MailboxRoom room)
    {
        var folder = Path.Combine(room.Maildir, "cur");
        return Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0;
    }

    private static async Task<(SubscriberState State, string Profile, int Cap)> StateAsync(MailboxRoom room, long id)
    {
        var reader = await room.SubscriberAsync(id);
        return (reader.State, reader.Profile, reader.Cap);
    }

    private static Process Start(MailboxRoom room)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DigestHost).Assembly.Location, "mailbox", "run", "--at", "2026-11-24T08:00:00Z"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Storage__ConnectionString"] = TestDatabase.ConnectionString(room.Service.Folder);
        start.Environment["Storage__DataFolder"] = room.Service.Folder;
        start.Environment["Sender__From"] = "digest@lists.example.org";
        start.Environment["Mailbox__Kind"] = "maildir";
        start.Environment["Mailbox__Folder"] = room.Maildir;
        return Process.Start(start)!;
    }
}
