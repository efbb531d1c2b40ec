using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Operations;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Storage;

/// <summary>The rehearsal: a backup is made while mails are being sent, the installation is lost in several ways, and nobody gets a mail twice.</summary>
[Trait("Engine", "sqlite")]
public sealed class BackupTests
{
    private static readonly string[] First = [.. Enumerable.Range(1, 60).Select(i => $"first{i}")];
    private static readonly string[] Second = [.. Enumerable.Range(1, 20).Select(i => $"second{i}")];

    [Theory]
    [InlineData("kept")]
    [InlineData("damaged")]
    [InlineData("gone")]
    public async Task Nothing_that_was_sent_is_sent_again_whatever_became_of_the_database(string database)
    {
        await using var server = new LoopbackSmtp();
        using var folder = new TestFolder();
        var file = folder.File("backup", "digest.backup");
        await using (var installation = await Installation.CreateAsync(settings: server.Settings(), folder: folder.Path))
        {
            await Outboxes.AddLettersAsync(installation, First);
            // Made while mails go out: some are sent, some wait, some are in between.
            var sending = installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
            while (server.Mails.Count < 5)
                await Task.Delay(5);
            await installation.Get<Backup>().WriteAsync(file, CancellationToken.None);
            await sending;
            await Outboxes.AddLettersAsync(installation, Second);
            await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
            Assert.Equal(80, server.Mails.Count);
        }
        Lose(folder, database);
        IReadOnlyList<string> said;
        await using (var installation = Fresh(folder, server))
            said = await installation.Get<Restore>().RunAsync(file, CancellationToken.None);
        Assert.Contains("not sent again", said[1], StringComparison.Ordinal);

        await using var restored = await Installation.CreateAsync(settings: server.Settings(), folder: folder.Path);
        // As if the same occasions came again: their letters have the same keys.
        await Outboxes.AddLettersAsync(restored, Second);
        await restored.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(80, server.Mails.Count);
        Assert.Equal(80, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(["sent"], await Outboxes.StatesAsync(restored));

        await Outboxes.AddLettersAsync(restored, ["new"]);
        await restored.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(81, server.Mails.Count);
    }

    [Fact]
    public async Task What_waited_and_nobody_knows_of_is_held_for_the_operator()
    {
        await using var server = new LoopbackSmtp();
        using var folder = new TestFolder();
        await using (var installation = await Installation.CreateAsync(settings: server.Settings(), folder: folder.Path))
        {
            await Outboxes.AddLettersAsync(installation, First);
            await installation.Get<Backup>().WriteAsync(folder.File("b"), CancellationToken.None);
        }
        Lose(folder, "gone");
        await using (var installation = Fresh(folder, server))
            Assert.Contains("60 mails that waited", (await installation.Get<Restore>().RunAsync(folder.File("b"), CancellationToken.None))[1], StringComparison.Ordinal);
        await using var restored = await Installation.CreateAsync(settings: server.Settings(), folder: folder.Path);
        await restored.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Empty(server.Mails);
        Assert.Equal(60, await restored.Get<OutboxReportStore>().RetryAsync(OutboxState.InDoubt, null, DateTimeOffset.UnixEpoch, CancellationToken.None));
        await restored.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(60, server.Mails.Count);
    }

    [Fact]
    public async Task Of_what_was_marked_when_the_worker_died_only_what_the_ledger_names_is_taken_for_sent()
    {
        await using var server = new LoopbackSmtp();
        using var folder = new TestFolder();
        await using (var installation = await Installation.CreateAsync(settings: server.Settings(), folder: folder.Path))
        {
            await Outboxes.AddLettersAsync(installation, ["begun", "ahead"]);
            await installation.Get<Backup>().WriteAsync(folder.File("b"), CancellationToken.None);
            foreach (var mail in await installation.Get<ClaimStore>().ClaimAsync("w", 2, Outboxes.Noon, TimeSpan.FromMinutes(2), CancellationToken.None))
                Assert.True(await Marks.MarkAsync(installation, new InDoubtMark(mail.Id, "w", installation.Get<MessageId>().For(mail.Key), Outboxes.Noon.AddMinutes(20)), Outboxes.Noon));
            installation.Get<SentLedger>().Add([installation.Get<MessageId>().For("welcome/begun/1")]);
        }
        await using (var installation = Fresh(folder, server))
            await installation.Get<Restore>().RunAsync(folder.File("b"), CancellationToken.None);
        await using var restored = await Installation.CreateAsync(settings: server.Settings(), folder: folder.Path);
        await restored.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal("ahead", Assert.Single(server.Mails).Local);
        Assert.Equal("in_doubt", await Outboxes.StateAsync(restored, "begun"));
    }

    [Fact]
    public async Task Who_left_since_the_backup_stays_away()
    {
        using var folder = new TestFolder();
        await using (var installation = await Installation.CreateAsync(folder: folder.Path))
        {
            await AddReaderAsync(installation, "stays@example.org");
            await AddReaderAsync(installation, "leaves@example.org");
            await installation.Get<Backup>().WriteAsync(folder.File("b"), CancellationToken.None);
            await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update subscriber set state = 'unsubscribed' where email like 'leaves%'", transaction: transaction), CancellationToken.None);
            await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("insert into suppression (address_key, reason, created_at) values ('x@example.org', 'complaint', '')", transaction: transaction), CancellationToken.None);
        }
        await using (var installation = Fresh(folder, null))
            await installation.Get<Restore>().RunAsync(folder.File("b"), CancellationToken.None);
        await using var restored = await Installation.CreateAsync(folder: folder.Path);
        Assert.Equal("leaves@example.org unsubscribed,stays@example.org active", string.Join(',', await restored.Database.ReadAsync(connection => connection.QueryAsync<string>("select email || ' ' || state from subscriber order by email"), CancellationToken.None)));
        Assert.Equal("complaint", await restored.Database.ReadAsync(connection => connection.ExecuteScalarAsync<string>("select reason from suppression"), CancellationToken.None));
    }

    [Fact]
    public async Task Who_was_erased_since_the_backup_is_not_brought_back_by_it()
    {
        using var folder = new TestFolder();
        await using (var installation = await Installation.CreateAsync(folder: folder.Path))
        {
            await AddReaderAsync(installation, "stays@example.org");
            await AddReaderAsync(installation, "erased@example.org");
            installation.Get<InstallationKey>();
            await installation.Get<Backup>().WriteAsync(folder.File("b"), CancellationToken.None);
            var erased = await installation.Get<SubscriberStore>().FindByAddressAsync("erased@example.org", CancellationToken.None);
            await installation.Database.WriteAsync(transaction => installation.Get<Subscriptions>().EraseAsync(transaction, erased!), CancellationToken.None);
        }
        await using (var installation = Fresh(folder, null))
            Assert.Contains("1 readers who were erased", (await installation.Get<Restore>().RunAsync(folder.File("b"), CancellationToken.None))[^1], StringComparison.Ordinal);
        await using var restored = await Installation.CreateAsync(folder: folder.Path);
        Assert.Equal("stays@example.org", string.Join(',', await restored.Database.ReadAsync(connection => connection.QueryAsync<string>("select email from subscriber"), CancellationToken.None)));
        Assert.DoesNotContain("erased@example.org", await restored.Database.ReadAsync(connection => connection.QueryAsync<string>("select address_key from suppression"), CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_is_damaged_cut_off_or_of_somebody_else_changes_nothing()
    {
        using var folder = new TestFolder();
        using var other = new TestFolder();
        await using (var installation = await Installation.CreateAsync(folder: folder.Path))
        {
            await AddReaderAsync(installation, "a@example.org");
            await installation.Get<Backup>().WriteAsync(folder.File("b"), CancellationToken.None);
        }
        await using (var installation = await Installation.CreateAsync(folder: other.Path))
        {
            installation.Get<InstallationKey>();
            await installation.Get<Backup>().WriteAsync(other.File("b"), CancellationToken.None);
        }
        var whole = File.ReadAllBytes(folder.File("b"));
        File.WriteAllBytes(folder.File("cut"), whole[..(whole.Length / 2)]);
        var bad = (byte[])whole.Clone();
        for (var i = bad.Length / 2; i < bad.Length / 2 + 40; i++)
            bad[i] ^= 0xFF;
        File.WriteAllBytes(folder.File("bad"), bad);
        File.WriteAllText(folder.File("text"), "no backup");
        var before = File.ReadAllBytes(folder.File("digest.db"));
        await using (var installation = Fresh(folder, null))
            foreach (var file in new[] { folder.File("cut"), folder.File("bad"), folder.File("text"), folder.File("nothing"), other.File("b") })
                await Assert.ThrowsAsync<BackupException>(() => installation.Get<Restore>().RunAsync(file, CancellationToken.None));
        Assert.Equal(before, File.ReadAllBytes(folder.File("digest.db")));
        Assert.Empty(Directory.GetDirectories(folder.Path, ".*"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("b")));
    }

    [Fact]
    public async Task A_running_service_is_not_restored_under_its_feet()
    {
        using var folder = new TestFolder();
        await using var installation = await Installation.CreateAsync(folder: folder.Path);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        await installation.Get<Backup>().WriteAsync(folder.File("b"), CancellationToken.None);
        var fault = await Assert.ThrowsAsync<BackupException>(() => installation.Get<Restore>().RunAsync(folder.File("b"), CancellationToken.None));
        Assert.Contains("stop it first", fault.Message, StringComparison.Ordinal);
    }

    private static async Task AddReaderAsync(Installation installation, string email) =>
        await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at)
            values (@email, @email, 'en', 'UTC', 'daily', 7, 20, '', 'active', '2026-01-01T00:00:00.000Z')
            """, new { email }, transaction), CancellationToken.None);

    private static void Lose(TestFolder folder, string how)
    {
        if (how == "kept")
            return;
        foreach (var file in Directory.GetFiles(folder.Path, "digest.db*"))
            if (how == "gone")
                File.Delete(file);
            else
                using (var stream = new FileStream(file, FileMode.Open))
                    stream.Write(new byte[20_000]);
        if (how == "gone")
            File.Delete(folder.File("installation.key"));
    }

    private static UnmigratedInstallation Fresh(TestFolder folder, LoopbackSmtp? server) => new(folder, server?.Settings() ?? []);
}
