using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web.Search;

namespace Digest.Worker.Tests.Web;

public sealed partial class SearchTests
{
    [Theory]
    [InlineData("diffusion models", "A diffusion model for speech")]
    [InlineData("pretraining", "Pre-training at scale")]
    [InlineData("pre-training", "Pretraining on code")]
    [InlineData("\"state of the art\"", "Beyond the state-of-the-art")]
    [InlineData("quantiz*", "Quantization of weights")]
    [InlineData("schrodinger", "The Schrödinger bridge")]
    [InlineData("author:Noether", "Symmetry and conservation")]
    [InlineData("cat:math.*", "On primes")]
    [InlineData("title:primes", "On primes")]
    [InlineData("量子计算", "量子计算的进展")]
    [InlineData("primes or wormholes", "On primes")]
    public async Task The_profile_language_is_the_query(string query, string title)
    {
        await using var room = await SiteRoom.OpenAsync();
        await ArriveAsync(room);
        var (text, links) = StrictPage.Read(await room.PageAsync(SearchDoor.Url(query)));
        Assert.Contains(title, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing of the kind", text, StringComparison.Ordinal);
        Assert.Contains(SearchDoor.Url(query, 1, ".atom"), links);
    }

    [Fact]
    public async Task An_exclusion_keeps_out_and_hits_are_marked()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Graph networks"), SiteRoom.Paper("2601.00002", "Graph networks: a survey"));
        var page = await room.PageAsync(SearchDoor.Url("graph networks -survey"));
        Assert.Contains("<b class=\"hit\">Graph networks</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("survey</a>", page, StringComparison.Ordinal);
        Assert.Contains("1 paper found", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("difusion mdoels", "diffusion models")]
    [InlineData("schroedniger bridge", null)]
    [InlineData("quantizaton", "quantization")]
    [InlineData("diffusion", null)]
    [InlineData("xqzzy", null)]
    public async Task A_word_that_nobody_writes_gets_the_one_that_was_meant(string query, string? meant)
    {
        await using var room = await SiteRoom.OpenAsync();
        await ArriveAsync(room);
        await room.ArriveAsync(SiteRoom.Paper("2602.00001", "Diffusion models again"), SiteRoom.Paper("2602.00002", "Quantization again: models"));
        await room.Installation.Get<WordReading>().ReadSomeAsync(CancellationToken.None);
        Assert.Equal(meant?.Replace("models", "model", StringComparison.Ordinal), await room.Installation.Get<Spelling>().MendAsync(query, CancellationToken.None));
        if (meant is not null)
            Assert.Contains("Did you mean", await room.PageAsync(SearchDoor.Url(query)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_that_changes_or_is_withdrawn_is_found_as_it_is()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "A title", text: ""));
        Assert.Contains("0 papers", await room.PageAsync(SearchDoor.Url("wormholes")), StringComparison.Ordinal);
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "A title", text: "Now with wormholes."));
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("1 paper found", await room.PageAsync(SearchDoor.Url("wormholes")), StringComparison.Ordinal);
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "A title") with { Withdrawn = true });
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("0 papers", await room.PageAsync(SearchDoor.Url("wormholes")), StringComparison.Ordinal);
        await room.PageAsync("/p/2601.00001", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_asks_at_once_after_a_change_finds_it()
    {
        await using var room = await SiteRoom.OpenAsync();
        var search = room.Installation.Get<PaperSearch>();
        for (var round = 0; round < 20; round++)
        {
            var id = $"2601.{round:d5}";
            await room.ArriveAsync(SiteRoom.Paper(id, "A title", text: ""));
            Assert.Equal(round + 1, (await search.FindAsync("title", 0, 1, CancellationToken.None)).Total);
            await room.ArriveAsync(SiteRoom.Paper(id, "A title", text: $"Now with wormhole{round}."));
            var found = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => search.FindAsync($"wormhole{round}", 0, 1, CancellationToken.None))));
            Assert.All(found, result => Assert.Equal(1, result.Total));
        }
    }

    [Fact]
    public async Task A_paper_that_changes_while_it_is_read_is_read_again()
    {
        await using var room = await SiteRoom.OpenAsync();
        var store = room.Installation.Get<PaperWordStore>();
        Task? changing = null;
        // What reads behind the start may take the first of them before we do; it rests then.
        for (var number = 1; changing is null; number++)
        {
            var id = $"2601.{number:d5}";
            await room.ArriveAsync(SiteRoom.Paper(id, "A title", text: ""));
            await store.ReadAsync(500, paper => Read(paper, id), CancellationToken.None);
        }
        await changing;
        Assert.Contains("1 paper found", await room.PageAsync(SearchDoor.Url("wormholes")), StringComparison.Ordinal);

        string Read(Paper paper, string id)
        {
            changing = Task.Run(() => room.ArriveAsync(SiteRoom.Paper(id, "A title", text: "Now with wormholes.")));
            changing.Wait(TimeSpan.FromMilliseconds(300));
            return PaperWords.Of(paper);
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("((((")]
    [InlineData("' or 1=1 --")]
    [InlineData("a OR NOT b NEAR( AND *")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"onfocus=\"alert(1)")]
    [InlineData("words: {a} ^9 ~3 *")]
    [InlineData("\u0000\u202e\u200b")]
    public async Task Any_query_gets_a_page(string query)
    {
        await using var room = await SiteRoom.OpenAsync();
        await ArriveAsync(room);
        StrictPage.Read(await room.PageAsync(SearchDoor.Url(query)));
        using var json = JsonDocument.Parse(await room.PageAsync(SearchDoor.Url(query.Length == 0 ? "x" : query, 1, ".json")));
    }

    [Fact]
    public async Task What_is_like_a_paper_stands_under_it()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Speculative decoding for long contexts"), SiteRoom.Paper("2601.00002", "Faster speculative decoding"), SiteRoom.Paper("2601.00003", "Cell migration"));
        var (text, links) = StrictPage.Read(await room.PageAsync("/p/2601.00001"));
        Assert.Contains("Faster speculative decoding", text, StringComparison.Ordinal);
        Assert.Contains("/p/2601.00002", links);
        Assert.DoesNotContain("Cell migration", text, StringComparison.Ordinal);
    }

    /// <summary>What has been left out as a candidate would have been found by reading everything.</summary>
    [FactWith<RealData>]
    public async Task Candidates_leave_nothing_out_that_reading_everything_finds()
    {
        await using var room = await SiteRoom.OpenAsync();
        await using (var day = File.OpenRead(RealData.Path("week", "2026-01-26.jsonl")))
            await room.ArriveAsync([.. JsonLinesFormat.Read(day, "day").Entries]);
        var papers = await room.Installation.Get<PaperStore>().NewerThanAsync(0, CancellationToken.None);
        while (await room.Installation.Get<WordReading>().ReadSomeAsync(CancellationToken.None) > 0)
        {
        }
        var readings = papers.Select(paper => new PaperReading(paper)).ToList();
        var corpus = await room.Installation.Get<WordReading>().CorpusAsync(CancellationToken.None);
        var search = room.Installation.Get<PaperSearch>();
        var asked = 0;
        foreach (var line in File.ReadLines(RealData.Path("profiles.jsonl")).Take(40))
            foreach (System.Text.RegularExpressions.Match keyword in Quoted().Matches(line).Take(12))
            {
                var query = Regex.Unescape(keyword.Groups[1].Value);
                var expected = Searching.Rank(Profile.Parse(query), readings, Breadth.Search, corpus);
                if (expected.Count is 0 or > PaperSearch.Most)
                    continue;
                asked++;
                // Once read from the database, once with what is kept of the papers.
                for (var time = 0; time < 2; time++)
                {
                    var found = await search.FindAsync(query, 0, PaperSearch.Most, CancellationToken.None);
                    Assert.Equal(expected.Select(match => (match.Paper.Id, match.Score, match.Reason.Hits.Count)), found.Matches.Select(match => (match.Paper.Id, match.Score, match.Reason.Hits.Count)));
                }
                var second = await search.FindAsync(query, 20, 20, CancellationToken.None);
                Assert.Equal(expected.Skip(20).Take(20).Select(match => match.Paper.Id), second.Matches.Select(match => match.Paper.Id));
                Assert.Equal(expected.Count, second.Total);
            }
        Assert.True(asked > 50, asked.ToString(CultureInfo.InvariantCulture));
    }

    private static Task ArriveAsync(SiteRoom room) => room.ArriveAsync(
        SiteRoom.Paper("2601.00001", "A diffusion model for speech"),
        SiteRoom.Paper("2601.00002", "Pre-training at scale"),
        SiteRoom.Paper("2601.00003", "Pretraining on code"),
        SiteRoom.Paper("2601.00004", "Beyond the state-of-the-art"),
        SiteRoom.Paper("2601.00005", "Quantization of weights"),
        SiteRoom.Paper("2601.00006", "The Schrödinger bridge"),
        SiteRoom.Paper("2601.00007", "Symmetry and conservation"),
        SiteRoom.Paper("2601.00008", "On primes", categories: "math.NT"),
        SiteRoom.Paper("2601.00009", "量子计算的进展"),
        SiteRoom.Paper("2601.00010", "Nothing of the kind") with { Authors = ["Somebody Else"] });

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.){4,60})\"(?=[,\\]])")]
    private static partial Regex Quoted();
}
