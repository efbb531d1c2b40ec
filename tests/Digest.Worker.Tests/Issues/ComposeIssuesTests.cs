using System.Text;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Issues;

public sealed class ComposeIssuesTests
{
    [Fact]
    public async Task Due_at_the_hour_and_not_before_and_once()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        await room.ArriveAsync("graph coloring", 3);
        Assert.Equal(0, (await room.ComposeAsync()).Composed);
        room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new ComposeReport(1, 0, 3), await room.ComposeAsync());
        Assert.Equal(new ComposeReport(0, 0, 0), await room.ComposeAsync());
        var after = await Readers.FindAsync(room.Installation, ada.Id);
        Assert.Equal(ComposeRoom.Monday.AddHours(25), after.NextDueAt);
        Assert.Equal(3, after.Watermark);
        Assert.Equal(1, await Readers.CountAsync(room.Installation, "outbox"));
    }

    [Fact]
    public async Task Beyond_the_cap_papers_wait_for_the_next_days_and_none_comes_twice()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring", new SubscriberDraft { Cap = "4" });
        await room.ArriveAsync("graph coloring", 10);
        var sent = new List<string>();
        foreach (var (expected, waiting) in new[] { (4, 6), (4, 2), (2, 0) })
        {
            room.Clock.Advance(TimeSpan.FromDays(1));
            await room.ComposeAsync();
            var issue = await room.NewestAsync(ada.Id);
            Assert.Equal((expected, waiting), (issue.Choices.Count, issue.Receipt.HeldOver));
            Assert.True(issue.Choices.Count <= 4);
            sent.AddRange(issue.Choices.Select(choice => choice.Paper.Title));
        }
        Assert.Equal(10, sent.Distinct().Count());
        room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new ComposeReport(0, 1, 0), await room.ComposeAsync());
    }

    [Fact]
    public async Task What_waits_is_given_up_after_its_days()
    {
        await using var room = await ComposeRoom.OpenAsync(("Issues:HoldOverDays", "2"));
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring", new SubscriberDraft { Cap = "1", Cadence = "daily" });
        await room.ArriveAsync("graph coloring", 9);
        var days = new List<int>();
        for (var day = 0; day < 4; day++)
        {
            room.Clock.Advance(TimeSpan.FromDays(1));
            days.Add((await room.ComposeAsync()).Papers);
        }
        Assert.Equal([1, 1, 0, 0], days);
        Assert.Equal(ada.Id, (await room.NewestAsync(ada.Id)).SubscriberId);
    }

    [Fact]
    public async Task An_empty_day_is_no_mail_unless_it_is_wanted()
    {
        await using var room = await ComposeRoom.OpenAsync();
        await Readers.AddAsync(room.Installation, "quiet@example.org", "graph coloring");
        var told = await Readers.AddAsync(room.Installation, "told@example.org", "graph coloring", new SubscriberDraft { NothingToday = true });
        await room.ArriveAsync("protein folding", 5);
        room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new ComposeReport(1, 1, 0), await room.ComposeAsync());
        Assert.Equal(["told@example.org"], await Readers.QueryAsync(room.Installation, "select recipient from outbox"));
        Assert.Equal(5, (await room.NewestAsync(told.Id)).Receipt.Announced);
    }

    [Fact]
    public async Task Slots_that_were_missed_give_one_issue_with_what_came_meanwhile()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring", new SubscriberDraft { Cap = "20" });
        for (var day = 0; day < 4; day++)
        {
            await room.ArriveAsync("graph coloring", 2, 1 + 2 * day);
            room.Clock.Advance(TimeSpan.FromDays(1));
            if (day == 0)
                await room.ComposeAsync();
        }
        Assert.Equal(new ComposeReport(1, 0, 6), await room.ComposeAsync());
        Assert.Equal(ComposeRoom.Monday.AddDays(4).AddHours(1), (await Readers.FindAsync(room.Installation, ada.Id)).NextDueAt);
    }

    [Fact]
    public async Task After_a_pause_the_issue_looks_back_one_day_and_repeats_nothing()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring", new SubscriberDraft { Cap = "50" });
        // Those for ada stand in the first and in the second block of papers.
        await room.ArriveAsync("protein folding", 62);
        await room.ArriveAsync("graph coloring", 2);
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.ComposeAsync();
        await room.Installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        await room.Installation.Get<Subscriptions>().PauseAsync(ada.Id, ComposeRoom.Monday.AddDays(5), null, CancellationToken.None);
        room.Clock.Advance(TimeSpan.FromDays(2));
        await room.ArriveAsync("graph coloring", 3, 10);
        Assert.Equal(0, (await room.ComposeAsync()).Composed);
        room.Clock.Advance(TimeSpan.FromDays(2));
        await room.ArriveAsync("graph coloring", 4, 20);
        room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new ComposeReport(1, 0, 4), await room.ComposeAsync());
        Assert.Equal(SubscriberState.Active, (await Readers.FindAsync(room.Installation, ada.Id)).State);
        await room.Installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        await room.Installation.Get<Subscriptions>().PauseAsync(ada.Id, null, null, CancellationToken.None);
        await room.Installation.Get<Subscriptions>().ResumeAsync(ada.Id, "resume", CancellationToken.None);
        room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await room.ComposeAsync()).Papers);
    }

    [Fact]
    public async Task What_an_issue_shows_is_written_in_blocks_and_goes_with_it_from_all_of_them()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        await room.ArriveAsync("protein folding", 62);
        await room.ArriveAsync("graph coloring", 4);
        room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, (await room.ComposeAsync()).Papers);
        Assert.Equal(["0 63", "1 64", "1 65", "1 66"], await InBlocksAsync());
        var (store, now) = (room.Installation.Get<IssueStore>(), room.Clock.GetUtcNow());
        var issue = await room.NewestAsync(ada.Id);
        await room.Installation.Database.WriteAsync(transaction => store.TakeBackAsync(transaction, [issue.Id], now, now.AddDays(5)), CancellationToken.None);
        Assert.Empty(await InBlocksAsync());
        room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(4, (await room.ComposeAsync()).Papers);
        Assert.Equal(["0 63", "1 64", "1 65", "1 66"], await InBlocksAsync());
        Assert.Equal(new DateOnly(2026, 1, 27), await store.SentOnAsync(ada.Id, 66, CancellationToken.None));
        await room.Installation.Get<Subscriptions>().RemoveAsync(ada.Id, CancellationToken.None);
        Assert.Empty(await InBlocksAsync());

        Task<IReadOnlyList<string>> InBlocksAsync() => Readers.QueryAsync(room.Installation, "select block || ' ' || paper_id from issue_paper order by paper_id");
    }

    [Fact]
    public async Task An_issue_that_lost_a_paper_comes_with_the_others_and_one_that_lost_all_does_not()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        var ben = await Readers.AddAsync(room.Installation, "ben@example.org", "protein folding");
        await room.ArriveAsync("graph coloring", 3);
        await room.ArriveAsync("protein folding", 1);
        room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, (await room.ComposeAsync()).Papers);
        await room.Installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("delete from paper where id in (2, 4)"), CancellationToken.None);
        Assert.Equal((2, 2, true), await room.NewestAsync(ada.Id) is var issue ? (issue.Choices.Count, issue.Receipt.Sent, issue.IsWhole) : default);
        Assert.False((await room.NewestAsync(ben.Id)).IsWhole);
        await room.Installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(["ada@example.org sent", "ben@example.org suppressed"], await Readers.QueryAsync(room.Installation, "select recipient || ' ' || state from outbox order by recipient"));
    }

    [Fact]
    public async Task A_paper_that_comes_again_goes_to_those_who_were_not_sent_it()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        var ben = await Readers.AddAsync(room.Installation, "ben@example.org", "sparse attention");
        var tess = await Readers.AddAsync(room.Installation, "tess@example.org", "", new SubscriberDraft { Cap = "2" });
        await room.ArriveAsync("graph coloring", 3);
        room.Clock.Advance(TimeSpan.FromDays(1));
        await room.ComposeAsync();
        var shown = (await room.NewestAsync(tess.Id)).Choices.Select(choice => choice.Paper.Id).ToList();
        Assert.Equal((3, 2), ((await room.NewestAsync(ada.Id)).Choices.Count, shown.Count));

        room.Clock.Advance(TimeSpan.FromHours(23));
        await room.Installation.Get<Subscriptions>().EditAsync(ben.Id, new SubscriberDraft { Interests = "graph coloring" }, CancellationToken.None);
        await room.Installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("update paper set again_at = @now", new { now = room.Clock.GetUtcNow() }), CancellationToken.None);
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.ComposeAsync();
        Assert.Equal((0, 3), ((await room.NewestAsync(ada.Id)).Choices.Count, (await room.NewestAsync(ben.Id)).Choices.Count));
        Assert.DoesNotContain(Assert.Single((await room.NewestAsync(tess.Id)).Choices).Paper.Id, shown);
    }

    [Fact]
    public async Task An_issue_that_a_pause_took_back_hands_its_papers_to_the_next()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        await room.ArriveAsync("graph coloring", 2);
        room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new ComposeReport(1, 0, 2), await room.ComposeAsync());
        await room.Installation.Get<Subscriptions>().PauseAsync(ada.Id, ComposeRoom.Monday.AddDays(3), null, CancellationToken.None);
        room.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(new ComposeReport(1, 0, 2), await room.ComposeAsync());
        Assert.Equal(1, (await room.Installation.Get<DeliveryRun>().RunAsync(CancellationToken.None)).Sent);
    }

    [Fact]
    public async Task Two_that_compose_at_once_answer_each_slot_once()
    {
        await using var room = await ComposeRoom.OpenAsync();
        await using var second = await Installation.CreateAsync(room.Clock, folder: room.Installation.Folder);
        for (var i = 0; i < 250; i++)
            await Readers.AddAsync(room.Installation, $"reader{i}@example.org", "graph coloring");
        await room.ArriveAsync("graph coloring", 12);
        room.Clock.Advance(TimeSpan.FromHours(1));
        var reports = await Task.WhenAll(new[] { room.Installation, second, room.Installation }.Select(one =>
            Task.Run(() => one.Get<ComposeIssues>().RunAsync(CancellationToken.None))));
        Assert.Equal(250, reports.Sum(report => report.Composed));
        Assert.Equal(250, await Readers.CountAsync(room.Installation, "issue"));
        Assert.Equal(250, await Readers.CountAsync(room.Installation, "outbox"));
        Assert.Equal(2000, await Readers.CountAsync(room.Installation, "issue_paper"));
    }

    [Fact]
    [Trait("Engine", "sqlite")]
    public async Task Choice_watermark_slot_and_mail_are_stored_together_or_not_at_all()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring", new SubscriberDraft { Cap = "2" });
        await room.ArriveAsync("graph coloring", 6);
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.Installation.Database.WriteAsync(transaction => transaction.ExecuteAsync(
            "create trigger full before insert on outbox begin select raise(abort, 'database or disk is full'); end"), CancellationToken.None);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(room.ComposeAsync);
        Assert.Equal(ada.NextDueAt, (await Readers.FindAsync(room.Installation, ada.Id)).NextDueAt);
        foreach (var table in new[] { "issue", "issue_paper", "outbox" })
            Assert.Equal(0, await Readers.CountAsync(room.Installation, table));
        await room.Installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("drop trigger full"), CancellationToken.None);
        Assert.Equal(new ComposeReport(1, 0, 2), await room.ComposeAsync());
        Assert.Equal(4, await Readers.WaitingAsync(room.Installation));
    }

    [Fact]
    public async Task One_whose_issue_cannot_be_stored_stops_nobody_elses_and_gets_it_once_it_can()
    {
        await using var room = await ComposeRoom.OpenAsync();
        foreach (var name in new[] { "ada", "bob", "cyd" })
            await Readers.AddAsync(room.Installation, $"{name}@example.org", "graph coloring");
        await room.ArriveAsync("graph coloring", 3);
        room.Clock.Advance(TimeSpan.FromHours(1));
        // A mail to one of them is in the way of every other to them.
        await room.Installation.Database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            delete from outbox;
            insert into outbox (key, kind, recipient, domain, payload, state, due_at, created_at, settled_at) values ('k', 'welcome', 'bob@example.org', 'example.org', '{}', 'sent', '', '', '');
            create unique index in_the_way on outbox (recipient)
            """), CancellationToken.None);
        Assert.Equal(new ComposeReport(2, 0, 6), await room.ComposeAsync());
        Assert.Equal(["ada@example.org", "bob@example.org", "cyd@example.org"], await Readers.QueryAsync(room.Installation, "select recipient from outbox order by 1"));
        await room.Installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("drop index in_the_way"), CancellationToken.None);
        Assert.Equal(new ComposeReport(1, 0, 3), await room.ComposeAsync());
        Assert.Equal(ComposeReport.None, await room.ComposeAsync());
    }

    [Fact]
    public async Task An_issue_that_expired_gives_its_papers_to_the_next_one()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring", new SubscriberDraft { Cap = "20" });
        await room.ArriveAsync("graph coloring", 3);
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.ComposeAsync();
        // The next slot passes before anything could be sent.
        room.Clock.Advance(TimeSpan.FromDays(1));
        await room.Installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(["expired"], await Readers.QueryAsync(room.Installation, "select state from outbox"));
        await room.ArriveAsync("graph coloring", 2, 10);
        Assert.Equal(new ComposeReport(1, 0, 5), await room.ComposeAsync());
        Assert.Equal(5, (await room.TitlesAsync(ada.Id)).Distinct().Count());
    }

    [Fact]
    public async Task Without_interests_it_is_what_the_votes_say()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", draft: new SubscriberDraft { Cap = "3" });
        await room.ArriveAsync("graph coloring", 5, upvotes: 100);
        await room.ArriveAsync("protein folding", 5);
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.ComposeAsync();
        var issue = await room.NewestAsync(ada.Id);
        Assert.True(issue.Trending);
        Assert.Equal([105, 104, 103], issue.Choices.Select(choice => choice.Paper.Upvotes));
        Assert.Equal(0, await Readers.WaitingAsync(room.Installation));
    }

    [Fact]
    public async Task A_profile_that_changes_while_it_is_composed_is_the_one_that_counts()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        await room.ArriveAsync("graph coloring", 2);
        await room.ArriveAsync("protein folding", 3);
        room.Clock.Advance(TimeSpan.FromHours(1));
        var stale = await Readers.FindAsync(room.Installation, ada.Id);
        await room.Installation.Get<Subscriptions>().EditAsync(ada.Id, new SubscriberDraft { Interests = "protein folding" }, CancellationToken.None);
        Assert.Empty(await room.Installation.Database.WriteAsync(transaction =>
            room.Installation.Get<SubscriberStore>().AdvanceAsync(transaction, [new Advance(stale, 5, stale.NextDueAt!.Value.AddDays(1), Encoding.UTF8.GetBytes(Waiting.None), stale.NextDueAt.Value)]), CancellationToken.None));
        Assert.Equal(new ComposeReport(1, 0, 3), await room.ComposeAsync());
        Assert.All(await room.TitlesAsync(ada.Id), title => Assert.Contains("protein folding", title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_bytes_on_another_machine()
    {
        await using var first = await ComposeRoom.OpenAsync();
        await using var second = await ComposeRoom.OpenAsync();
        _ = first.Installation.Get<InstallationKey>();
        File.Copy(Path.Combine(first.Installation.Folder, "installation.key"), Path.Combine(second.Installation.Folder, "installation.key"), overwrite: true);
        var mails = new List<Dictionary<string, byte[]>>();
        foreach (var room in new[] { first, second })
        {
            // Built anew, for the key is read once.
            await using var machine = await Installation.CreateAsync(room.Clock, folder: room.Installation.Folder);
            await Readers.AddAsync(machine, "ada@example.org", "graph coloring\nauthor:nobody", new SubscriberDraft { Timezone = "Asia/Kolkata", Cap = "5" });
            await Readers.AddAsync(machine, "zoë@example.org", "", new SubscriberDraft { Language = "de", Name = "Zoë" });
            await room.ArriveAsync("graph coloring", 12, upvotes: 3);
            room.Clock.Advance(TimeSpan.FromDays(1));
            await machine.Get<ComposeIssues>().RunAsync(CancellationToken.None);
            await machine.Get<DeliveryRun>().RunAsync(CancellationToken.None);
            mails.Add(Directory.EnumerateFiles(Path.Combine(machine.Folder, "pickup"), "*.eml").ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes));
        }
        Assert.Equal(2, mails[0].Count);
        Assert.Equal(mails[0].Keys.Order(), mails[1].Keys.Order());
        Assert.All(mails[0], mail => Assert.Equal(mail.Value, mails[1][mail.Key]));
    }
}
