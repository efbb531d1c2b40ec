using Digest.Worker.Papers;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web.Search;

namespace Digest.Worker.Tests.Web;

/// <summary>What a search keeps of papers that it has read must not be seen in its answers.</summary>
public sealed class ReadPapersTests
{
    [Fact]
    public async Task Papers_that_changed_are_read_again()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Graph networks here", votes: 5), SiteRoom.Paper("2601.00002", "Graph networks there", votes: 3), SiteRoom.Paper("2601.00003", "A title", text: ""));
        Assert.Equal(["2601.00001", "2601.00002"], await FindAsync(room.Installation, "graph networks"));
        Assert.Equal([], await FindAsync(room.Installation, "wormholes or cat:math.NT"));

        await room.ArriveAsync(SiteRoom.Paper("2601.00002", "Graph networks there", votes: 900), SiteRoom.Paper("2601.00003", "A title", text: "Now with graph networks and wormholes."));
        Assert.Equal(["2601.00002", "2601.00001", "2601.00003"], await FindAsync(room.Installation, "graph networks"));
        Assert.Equal(["2601.00003"], await FindAsync(room.Installation, "wormholes or cat:math.NT"));

        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Graph networks here", categories: "math.NT"), SiteRoom.Paper("2601.00002", "Graph networks there") with { Withdrawn = true });
        Assert.Equal(["2601.00001", "2601.00003"], await FindAsync(room.Installation, "graph networks"));
        Assert.Equal(["2601.00001"], await FindAsync(room.Installation, "cat:math.NT"));
    }

    [Fact]
    public async Task Papers_that_another_worker_read_again_are_read_again_here()
    {
        await using var here = await Installation.CreateAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SiteRoom.Now));
        await using var there = await Installation.CreateAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SiteRoom.Now), folder: here.Folder);
        await ArriveAsync(there, SiteRoom.Paper("2601.00001", "Graph networks here", votes: 5), SiteRoom.Paper("2601.00002", "Graph networks there", votes: 3));
        foreach (var place in (Installation[])[here, there])
        {
            Assert.Equal(["2601.00001", "2601.00002"], await FindAsync(place, "graph networks"));
            Assert.Equal(["2601.00001", "2601.00002"], await FindAsync(place, "a long line about graph networks"));
        }

        await ArriveAsync(there, SiteRoom.Paper("2601.00002", "Graph networks there", votes: 900), SiteRoom.Paper("2601.00003", "More about graphs"));
        await there.Get<WordReading>().ReadSomeAsync(CancellationToken.None);
        Assert.Equal(["2601.00002", "2601.00001"], await FindAsync(here, "graph networks"));
        Assert.Equal(3, (await FindAsync(here, "a long line about graph networks")).Count);
    }

    [Fact]
    [Trait("Engine", "sqlite")]
    public async Task The_parts_of_the_index_of_words_are_put_together_and_hold_the_same()
    {
        await using var here = await Installation.CreateAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SiteRoom.Now));
        for (var part = 0; part < 3; part++)
        {
            await ArriveAsync(here, SiteRoom.Paper($"2601.0000{part}", $"Graph networks of kind {part}"));
            Assert.Equal(1, await here.Get<WordReading>().ReadSomeAsync(CancellationToken.None));
        }
        Assert.Equal(3, await PartsAsync(here));
        var before = await FindAsync(here, "graph networks");
        await here.Get<WordReading>().MergeAsync(CancellationToken.None);
        Assert.Equal(1, await PartsAsync(here));
        Assert.Equal(3, before.Count);
        Assert.Equal(before, await FindAsync(here, "graph networks"));
    }

    [Fact]
    public async Task The_memory_they_take_has_a_bound()
    {
        await using var room = await SiteRoom.OpenAsync(("Web:SearchMegabytes", "1"));
        var known = room.Installation.Get<ReadPapers>();
        var (most, fell) = (0L, false);
        for (var day = 0; day < 12; day++)
        {
            await room.ArriveAsync([.. Enumerable.Range(0, 200).Select(i => SiteRoom.Paper($"{day + 10}01.{i:00000}", $"Graph networks of kind d{day}n{i}", text: string.Join(' ', Enumerable.Range(0, 100).Select(word => $"w{day}x{i}y{word}"))))]);
            var before = known.Octets;
            Assert.Equal(200, (await FindAsync(room.Installation, "graph networks")).Count);
            Assert.Equal($"{day + 10}01.00150", Assert.Single(await FindAsync(room.Installation, $"d{day}n150")));
            (most, fell) = (Math.Max(most, known.Octets), fell || known.Octets < before);
        }
        Assert.True(fell);
        // One search can add what it reads before it is seen that there is no room left.
        Assert.InRange(most, 500_000, 1_100_000);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(Installation installation, string query) =>
        [.. (await installation.Get<PaperSearch>().FindAsync(query, 0, PaperSearch.Most, CancellationToken.None)).Matches.Select(match => match.Paper.ShortId)];

    private static Task<long> PartsAsync(Installation installation) => Readers.CountAsync(installation, "(select distinct segid from paper_words_idx) as part");

    private static Task<int> ArriveAsync(Installation installation, params PaperEntry[] entries) =>
        installation.Get<PaperStore>().AddAsync("test", new Fetched(entries, [], null), SiteRoom.Now, CancellationToken.None);
}
