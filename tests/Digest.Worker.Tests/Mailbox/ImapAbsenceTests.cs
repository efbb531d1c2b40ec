using System.Collections.Concurrent;
using System.Diagnostics;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>A mail server that is away: it is asked later and later, and the operator hears of it once it lasts.</summary>
public class ImapAbsenceTests
{
    private const string Alarms = "select key from alarm where key = 'mailbox/unreachable' and cleared_at is null";

    [Fact]
    public async Task A_lost_server_is_asked_later_and_later_up_to_ten_minutes_and_found_again()
    {
        var asked = new ConcurrentQueue<DateTimeOffset>();
        MailboxRoom? room = null;
        await using var server = new LoopbackImap { IsDown = true, Connected = () => asked.Enqueue(room!.Time.GetUtcNow()) };
        room = await OpenAsync(server);
        await using (room)
        {
            var watch = await room.WatchAsync();
            for (var patience = Stopwatch.StartNew(); asked.Count < 10 && patience.Elapsed < TimeSpan.FromMinutes(2);)
                await StepAsync(room);
            var times = asked.ToArray();
            var pauses = times.Zip(times.Skip(1), (before, after) => (after - before).TotalSeconds).ToArray();
            Assert.True(times.Length >= 10, $"it was asked {times.Length} times");
            Assert.All(new[] { 5, 10, 20, 40, 80, 160, 320, 600, 600 }.Zip(pauses), pair => Assert.True(pair.Second >= pair.First, string.Join(' ', pauses)));
            server.IsDown = false;
            for (var patience = Stopwatch.StartNew(); !server.Saw("IDLE") && patience.Elapsed < TimeSpan.FromMinutes(2);)
                await StepAsync(room);
            Assert.True(server.Saw("IDLE"));
            await watch.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_operator_hears_once_of_a_mailbox_that_cannot_be_read_for_half_an_hour_and_no_more_when_it_can()
    {
        await using var server = new LoopbackImap { IsDown = true };
        await using var room = await OpenAsync(server, ("Alerts:To", "operator@example.org"));
        await room.RunAsync();
        room.Time.Advance(TimeSpan.FromMinutes(29));
        await room.RunAsync();
        Assert.Empty(await LettersAsync(room));
        room.Time.Advance(TimeSpan.FromMinutes(2));
        await room.RunAsync();
        await room.RunAsync();
        Assert.Equal("alarm operator@example.org", Assert.Single(await LettersAsync(room)));
        Assert.Single(await room.QueryAsync(Alarms));

        server.IsDown = false;
        Assert.Null((await room.RunAsync()).Trouble);
        Assert.Empty(await room.QueryAsync(Alarms));
    }

    [Fact]
    public async Task A_server_that_only_restarts_needs_nobody()
    {
        await using var server = new LoopbackImap { IsDown = true };
        await using var room = await OpenAsync(server, ("Alerts:To", "operator@example.org"));
        await room.RunAsync();
        server.IsDown = false;
        await room.RunAsync();
        server.IsDown = true;
        room.Time.Advance(TimeSpan.FromMinutes(31));
        await room.RunAsync();
        Assert.Empty(await LettersAsync(room));
    }

    private static async Task StepAsync(MailboxRoom room)
    {
        room.Time.Advance(TimeSpan.FromSeconds(5));
        await Task.Delay(4);
    }

    private static async Task<IEnumerable<string>> LettersAsync(MailboxRoom room) => (await room.LettersAsync()).Where(letter => letter.StartsWith("alarm", StringComparison.Ordinal));

    private static Task<MailboxRoom> OpenAsync(LoopbackImap server, params (string, string)[] more) => MailboxRoom.OpenAsync([("Mailbox:Kind", "imap"), ("Mailbox:Host", "127.0.0.1"),
        ("Mailbox:Port", $"{server.Port}"), ("Mailbox:Username", "digest"), ("Mailbox:Password", "secret"), ("Mailbox:Folder", "INBOX"), .. more]);
}
