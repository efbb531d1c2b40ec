using System.Globalization;
using Dapper;
using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Papers;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Issues;

/// <summary>Where more are due than one page holds, the papers are read once for all of them: nobody's issue may differ for it.</summary>
public sealed class SharedRunTests
{
    /// <summary>A page and a part of the next.</summary>
    private const int Many = 2_600;

    private static readonly string[] Topics = ["graph coloring", "protein folding", "lattice QCD", "\"speculative decoding\"", "ti:survey", "diffusion models", "author:Lovelace", "quantum error correction"];

    [Fact]
    public async Task An_issue_of_a_large_run_is_what_its_reader_alone_would_get()
    {
        await using var room = await ComposeRoom.OpenAsync(("Issues:HoldOverPapers", "10"));
        await FillAsync(room);
        for (var day = 0; day < 3; day++)
        {
            foreach (var topic in Topics)
                await room.ArriveAsync(topic.Trim('"'), 6, first: 1 + (day * 6), upvotes: day);
            room.Clock.Advance(TimeSpan.FromDays(1));
            var due = TypeHandlers.ToText(room.Clock.GetUtcNow());
            await room.Installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update subscriber set next_due_at = @due", new { due }, transaction), CancellationToken.None);
            // Some came again.
            await room.Installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update paper set again_at = @due where id % 7 = 0 and id < @below", new { due, below = day * 48 }, transaction), CancellationToken.None);
            var expected = new Dictionary<long, string>();
            // A step that goes through all that the numbers decide.
            foreach (var id in Enumerable.Range(0, 39).Select(place => 1L + (place * 67)).Append(Many))
                expected.Add(id, Written(await room.Installation.Get<Composer>().NowAsync(await Readers.FindAsync(room.Installation, id), room.Clock.GetUtcNow(), CancellationToken.None)));
            var report = await room.ComposeAsync();
            Assert.Equal(Many, report.Composed + report.Empty);
            Assert.True(report.Composed > Many / 2);
            foreach (var (id, written) in expected)
                Assert.Equal(written, Written(await room.NewestAsync(id)));
        }
    }

    [Fact]
    public async Task It_holds_nobody_whose_profile_changed_or_who_may_be_offered_a_paper_that_it_did_not_read()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        await room.ArriveAsync("graph coloring", 2);
        room.Clock.Advance(TimeSpan.FromDays(1));
        var now = room.Clock.GetUtcNow();
        var window = await room.Installation.Get<Composer>().OpenAsync(new KnownLines(), now, CancellationToken.None);
        var shared = (await room.Installation.Get<Composer>().ShareAsync(window, now, default, null, CancellationToken.None))!;
        Assert.Equal(DuePlace.Of(ada), shared.Last);
        var papers = await room.Installation.Get<PaperStore>().NewerThanAsync(0, CancellationToken.None);
        var waiting = Waiting.Read(Waiting.None, now);
        waiting.Add([papers[0].Id], now.AddDays(1));
        var unknown = Waiting.Read(Waiting.None, now);
        unknown.Add([papers[0].Id, 3], now.AddDays(1));
        Assert.True(shared.Holds(Standing(ada)));
        Assert.True(shared.Holds(Standing(ada) with { Waiting = waiting }));
        Assert.False(shared.Holds(Standing(ada) with { Waiting = unknown }));
        Assert.False(shared.Holds(Standing(ada) with { Before = now.AddDays(-9) }));
        Assert.False(shared.Holds(Standing(ada with { Id = ada.Id + 1 })));
        Assert.False(shared.Holds(Standing(ada with { Profile = "protein folding" })));
    }

    /// <summary>A table that is filled into its middle moves all behind: for each of so many.</summary>
    [Fact]
    public async Task A_run_of_more_than_a_few_goes_on_over_slots_while_numbers_ascend_and_the_next_takes_the_others()
    {
        await using var room = await ComposeRoom.OpenAsync();
        await room.ArriveAsync("graph coloring", 2);
        room.Clock.Advance(TimeSpan.FromDays(1));
        var now = room.Clock.GetUtcNow();
        const int Lower = 30, Higher = SharedRun.FewProfiles + Lower, All = Higher + 30;
        DateTimeOffset Slot(int number) => now.AddHours(number - 3);
        await room.Installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            """
            with recursive number (id) as (select 1 union all select id + 1 from number where id < @All)
            insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at, next_due_at)
            select 'r' || id || '@example.org', 'r' || id || '@example.org', 'en', 'UTC', 'daily', 7, 8, 'graph coloring', 'active', @first,
                case when id <= @Lower then @third when id <= @Higher then @first else @second end from number order by id
            """, new { All, Lower, Higher, first = TypeHandlers.ToText(Slot(0)), second = TypeHandlers.ToText(Slot(1)), third = TypeHandlers.ToText(Slot(2)) }, transaction), CancellationToken.None);
        var composer = room.Installation.Get<Composer>();
        var window = await composer.OpenAsync(new KnownLines(), now, CancellationToken.None);
        var first = (await composer.ShareAsync(window, now, default, null, CancellationToken.None))!;
        Assert.Equal(new DuePlace(Slot(1), All), first.Last);
        Assert.Equal(All - Lower, first.Profiles.Count);
        var second = (await composer.ShareAsync(window, now, first.Last, null, CancellationToken.None))!;
        Assert.Equal(new DuePlace(Slot(2), Lower), second.Last);
        Assert.Equal(Lower, second.Profiles.Count);
    }

    private static Standing Standing(Subscriber subscriber) =>
        new(subscriber, subscriber.NextDueAt!.Value, 0, subscriber.CreatedAt, ProfileLines.Read(subscriber.Profile), Waiting.Read(subscriber.Waiting, subscriber.CreatedAt));

    /// <summary>What its reader sees of it.</summary>
    private static string Written(Issue issue) =>
        $"{issue.Trending} {issue.Receipt.Announced} {issue.Receipt.Matched} {issue.Receipt.HeldOver} {string.Join(' ', issue.Choices.Select(Written))}";

    private static string Written(Match choice) =>
        string.Create(CultureInfo.InvariantCulture, $"{choice.Paper.Id}={choice.Score}:{choice.Reason.Interest}({string.Join(',', choice.Reason.Hits)})");

    private static async Task FillAsync(ComposeRoom room)
    {
        var created = TypeHandlers.ToText(room.Clock.GetUtcNow());
        var away = TypeHandlers.ToText(room.Clock.GetUtcNow().AddDays(-30));
        await room.Installation.Database.WriteAsync(async transaction =>
        {
            for (var id = 1; id <= Many; id++)
            {
                var email = string.Create(CultureInfo.InvariantCulture, $"r{id}@example.org");
                var cadence = id % 6 == 0 ? "weekly:monday" : "daily";
                // Away for a month: what came again meanwhile is older than what is shared.
                var (watermark, composed) = id % 13 == 0 ? ((long?)0, away) : (null, null);
                await transaction.Connection!.ExecuteAsync(
                    """
                    insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, watermark, composed_at, created_at)
                    values (@email, @email, 'en', 'UTC', @cadence, 7, @cap, @profile, 'active', @watermark, @composed, @created)
                    """, new { email, cadence, cap = 1 + (id % 12), profile = Profile(id), watermark, composed, created }, transaction);
            }
        }, CancellationToken.None);
    }

    private static string Profile(int id)
    {
        var lines = Enumerable.Range(0, id % 4).Select(place => Topics[(id + (place * 3)) % Topics.Length]).ToList();
        if (id % 5 == 0)
            lines.Add($"-{Topics[id % 3]}");
        if (id % 9 == 0)
            lines.Add("about 3 a day");
        return string.Join('\n', lines);
    }
}
