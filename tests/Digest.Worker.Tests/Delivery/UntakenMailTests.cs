using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Delivery;

/// <summary>One mail of which the database does not take the mark or the result, in groups with others.</summary>
public sealed class UntakenMailTests
{
    private const int Mails = 60;

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task A_mail_whose_result_is_not_taken_stays_in_doubt_and_those_beside_it_are_settled(int sessions, bool onlySent)
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, sessions);
        await Outboxes.RefuseAsync(installation, "outbox", $"new.recipient like 'r05@%'{(onlySent ? " and new.state = 'sent'" : "")}");

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Null(report.Stopped);
        Assert.Equal(Mails - 1, report.Counts[OutboxState.Sent]);
        Assert.Equal(["in_doubt", "sent"], await Outboxes.StatesAsync(installation));
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "r05"));
        Assert.Equal(Mails, server.Mails.Count);
        Assert.Equal(1, report.Counts[OutboxState.InDoubt]);
        // Its lease ends, others come, and they are sent beside it.
        await installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("update claim set until = '2000-01-01T00:00:00.000Z'"), CancellationToken.None);
        await Outboxes.AddLettersAsync(installation, ["later"]);
        Assert.Null((await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None)).Stopped);
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "r05"));
        Assert.Equal("sent", await Outboxes.StateAsync(installation, "later"));
        // What hindered it is gone, and it was not forgotten that it is sent.
        await Outboxes.TakeAgainAsync(installation);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
        Assert.Equal(Mails + 1, server.Mails.Count);
    }

    [Fact]
    public async Task Where_no_result_is_taken_sending_stops_after_a_few_and_none_of_them_is_sent_twice()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 4);
        await Outboxes.RefuseAsync(installation, "outbox", "new.state = 'sent'");

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.StartsWith("the database does not take what became of ", report.Stopped, StringComparison.Ordinal);
        var sent = server.Mails.Count;
        Assert.InRange(sent, 8, Mails - 1);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(sent, server.Mails.Count);
        await Outboxes.TakeAgainAsync(installation);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
        Assert.Equal(Mails, server.Mails.Count);
    }

    [Fact]
    public async Task A_refusal_of_a_mail_whose_mark_is_not_taken_is_written_down()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 1);
        await Outboxes.RefuseAsync(installation, "claim", "new.marked_at is not null and new.mail_id = 6");
        server.Script.Recipient["r06"] = "550 5.1.1 User unknown";

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Null(report.Stopped);
        Assert.Equal("bounced", await Outboxes.StateAsync(installation, "r06"));
        Assert.Equal(Mails - 1, report.Counts[OutboxState.Sent]);
    }

    [Fact]
    public async Task What_a_dead_worker_leaves_and_the_database_does_not_take_does_not_keep_the_rest_from_being_taken_back()
    {
        await using var installation = await Installation.CreateAsync(new FakeTimeProvider(Outboxes.Noon));
        await Outboxes.AddLettersAsync(installation, ["r01", "r02", "r03", "r04", "r05"]);
        var claims = installation.Get<ClaimStore>();
        var mails = await claims.ClaimAsync("dead", 5, Outboxes.Noon, TimeSpan.FromMinutes(2), CancellationToken.None);
        foreach (var mail in mails.Skip(1))
            Assert.True(await installation.Get<OutboxJournal>().MarkAsync(new InDoubtMark(mail.Id, "dead", $"{mail.Id}@x", Outboxes.Noon.AddMinutes(20))));
        await Outboxes.RefuseAsync(installation, "outbox", "new.recipient like 'r02@%' or new.recipient like 'r03@%' and new.state = 'sent'");

        var known = await claims.SettleKnownAsync("dead", [new SentNote(mails[2].Id, 0, "250 ok"), new SentNote(mails[3].Id, 0, "250 ok")], Outboxes.Noon, CancellationToken.None);
        Assert.Equal((1, mails[2].Id), (known.Settled, Assert.Single(known.Untaken).Mail));
        Assert.Equal(new Recovered(1, 1) { Left = 1 }, await claims.RecoverAsync(["dead"], [mails[2].Id], InDoubtPolicy.Resend, Outboxes.Noon, CancellationToken.None));

        Assert.Equal("queued", await Outboxes.StateAsync(installation, "r01"));
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "r02"));
        // Known to be sent.
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "r03"));
        Assert.Equal("sent", await Outboxes.StateAsync(installation, "r04"));
        Assert.Equal("queued", await Outboxes.StateAsync(installation, "r05"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_mail_whose_mark_is_not_taken_is_not_sent_and_put_off_and_those_beside_it_are_sent(int sessions)
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, sessions);
        await Outboxes.RefuseAsync(installation, "claim", "new.marked_at is not null and new.mail_id = 5");

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Null(report.Stopped);
        Assert.Equal(Mails - 1, report.Counts[OutboxState.Sent]);
        Assert.Equal("deferred", await Outboxes.StateAsync(installation, "r05"));
        Assert.Equal(Mails - 1, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(Mails - 1, server.Mails.Count);
    }

    [Fact]
    public async Task What_a_dead_worker_noted_is_not_forgotten_before_it_is_taken()
    {
        await using var installation = await Installation.CreateAsync(new FakeTimeProvider(Outboxes.Noon));
        await Outboxes.AddLettersAsync(installation, ["r01", "r02"]);
        foreach (var mail in await installation.Get<ClaimStore>().ClaimAsync("dead", 2, Outboxes.Noon, TimeSpan.FromMinutes(2), CancellationToken.None))
            Assert.True(await installation.Get<OutboxJournal>().MarkAsync(new InDoubtMark(mail.Id, "dead", $"{mail.Id}@x", Outboxes.Noon.AddMinutes(20))));
        // It makes the folder of those who are at work.
        var recovery = installation.Get<DeliveryRecovery>();
        var file = Path.Combine(installation.Folder, "workers", "dead");
        await File.WriteAllTextAsync(file, "1 0 250 ok\n2 0 250 ok\n");
        await Outboxes.RefuseAsync(installation, "outbox", "new.recipient like 'r01@%' and new.state = 'sent'");

        Assert.Equal(1, (await recovery.RunAsync(CancellationToken.None)).Known);
        Assert.Equal(0, (await recovery.RunAsync(CancellationToken.None)).Known);
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "r01"));
        Assert.True(File.Exists(file));
        await Outboxes.TakeAgainAsync(installation);
        Assert.Equal(1, (await recovery.RunAsync(CancellationToken.None)).Known);

        Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_value_that_no_column_has_is_told_of_and_not_written_as_null()
    {
        await using var installation = await Installation.CreateAsync();
        var misspelt = new RowInsert("suppression (address_key, reason, created_at)", "given.address_key, given.raeson, given.created_at");
        var rows = new GivenRows().Texts("address_key", ["ada@example.org"]).Texts("reason", ["complaint"]).Texts("created_at", ["2026-01-01T00:00:00.000Z"]);

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => installation.Database.WriteAsync(transaction => installation.Database.Rows.InsertAsync(transaction, misspelt, rows), CancellationToken.None));

        Assert.Contains("raeson", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<Installation> LettersAsync(LoopbackSmtp server, int sessions)
    {
        var installation = await Installation.CreateAsync(settings: server.Settings(sessions));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, Mails).Select(i => $"r{i:00}"));
        return installation;
    }
}
