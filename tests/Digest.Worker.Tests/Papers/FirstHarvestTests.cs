using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Papers;

/// <summary>A service that has just been started composes nothing before its sources were asked.</summary>
public sealed class FirstHarvestTests
{
    private static readonly DateTimeOffset Afternoon = new(2026, 1, 26, 14, 0, 0, TimeSpan.Zero);
    private readonly SkippingClock clock = new(Afternoon);

    [Fact]
    public async Task It_is_over_when_every_source_was_asked_whatever_it_answered()
    {
        await using var room = await OpenAsync();
        Assert.False(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
        await room.Get<PaperStore>().NoteAskedAsync("one", clock.GetUtcNow(), CancellationToken.None);
        Assert.False(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
        // Neither can be reached.
        await room.HarvestAsync();
        Assert.True(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_another_worker_asked_shortly_before_counts_and_what_was_asked_yesterday_does_not()
    {
        await using var room = await OpenAsync();
        await NoteAsync(room, Afternoon.AddHours(-20));
        Assert.False(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
        await NoteAsync(room, Afternoon.AddMinutes(-15));
        Assert.True(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_waits_for_it_for_ever()
    {
        await using var room = await OpenAsync();
        Assert.False(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
        clock.Set(Afternoon.AddMinutes(9));
        Assert.False(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
        clock.Set(Afternoon.AddMinutes(10));
        Assert.True(await room.Get<FirstHarvest>().IsOverAsync(CancellationToken.None));
    }

    private Task<PapersRoom> OpenAsync() => PapersRoom.OpenAsync(clock, ("Sources:0:Kind", "feed"), ("Sources:0:Name", "one"), ("Sources:0:Url", "http://127.0.0.1:1/one"),
        ("Sources:1:Kind", "feed"), ("Sources:1:Name", "two"), ("Sources:1:Url", "http://127.0.0.1:1/two"));

    private static async Task NoteAsync(PapersRoom room, DateTimeOffset at)
    {
        await room.Get<PaperStore>().NoteAskedAsync("one", at, CancellationToken.None);
        await room.Get<PaperStore>().NoteAskedAsync("two", at, CancellationToken.None);
    }
}
