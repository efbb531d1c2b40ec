using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

/// <summary>One mail of which the database does not take the mark or the result, in groups with others.</summary>
public sealed class UntakenMailTests
{
    private const int Mails = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_mail_whose_result_is_not_taken_stays_in_doubt_and_those_beside_it_are_settled(int sessions)
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, sessions);
        await RefuseAsync(installation, "outbox", "new.recipient like 'r05@%'");

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Null(report.Stopped);
        Assert.Equal(Mails - 1, report.Counts[OutboxState.Sent]);
        Assert.Equal(["in_doubt", "sent"], await Outboxes.StatesAsync(installation));
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "r05"));
        Assert.Equal(Mails, server.Mails.Count);
        // It is not sent again while its mark holds.
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(Mails, server.Mails.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_mail_whose_mark_is_not_taken_is_not_sent_and_put_off_and_those_beside_it_are_sent(int sessions)
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, sessions);
        await RefuseAsync(installation, "claim", "new.marked_at is not null and new.mail_id = 5");

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Null(report.Stopped);
        Assert.Equal(Mails - 1, report.Counts[OutboxState.Sent]);
        Assert.Equal("deferred", await Outboxes.StateAsync(installation, "r05"));
        Assert.Equal(Mails - 1, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(Mails - 1, server.Mails.Count);
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

    private static Task<int> RefuseAsync(Installation installation, string table, string when) => installation.Database.WriteAsync(transaction => transaction.ExecuteAsync(TestDatabase.IsPostgres
        ? $"""
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not taken'; end $$;
            create trigger refuse before update on {table} for each row when ({when}) execute function refuse()
            """
        : $"create trigger refuse before update on {table} when {when} begin select raise(abort, 'not taken'); end"), CancellationToken.None);
}
