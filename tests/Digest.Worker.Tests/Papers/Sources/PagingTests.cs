using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Digest.Worker.Tests.Papers.Sources;

/// <summary>Every paged provider played over HTTP: all pages are asked for, in the provider's own way, and no further; a break costs one page.</summary>
public sealed class PagingTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task ArXivs_API_is_paged_until_the_week_is_read_and_an_empty_page_is_asked_for_again()
    {
        var flaky = 1;
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var start = int.Parse(context.Request.Query["start"]!, CultureInfo.InvariantCulture);
            Assert.Equal("cat:cs.CL OR cat:stat.ML", context.Request.Query["search_query"]);
            if (start == 500 && flaky-- > 0)
                return context.Response.WriteAsync(Atom(4000, []));
            // Newest first, a hundred a day.
            return context.Response.WriteAsync(Atom(4000, Enumerable.Range(start, 500).Select(n => ($"2601.{20000 - n:00000}", Monday.AddDays(-n / 100)))));
        });
        await using var room = await OpenAsync("arxiv-api", server.Url, ("Categories:0", "cs.CL"), ("Categories:1", "stat.ML"));
        var report = Assert.Single((await room.HarvestAsync()).Sources);
        Assert.Null(report.Failure);
        // The week of overlap, whole days: eight hundred papers, two pages of five hundred.
        Assert.Equal((800, 800), (report.Entries, report.NewPapers));
        Assert.Equal(["0", "500", "500"], server.Asked.Select(asked => Query(asked, "start")));
        Assert.Equal(0, (await room.HarvestAsync()).NewPapers);
    }

    [Theory]
    [InlineData("biorxiv")]
    [InlineData("medrxiv")]
    public async Task Preprints_are_paged_by_what_came_and_an_empty_page_is_the_end_whatever_the_total_says(string kind)
    {
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var start = int.Parse(context.Request.Path.Value!.Split('/')[^2], CultureInfo.InvariantCulture);
            var rows = Enumerable.Range(start, Math.Clamp(250 - start, 0, 100)).Select(n => new
            {
                doi = $"10.1101/2026.01.25.{n - n % 5 / 4:000000}",
                title = $"A preprint numbered {n - n % 5 / 4}",
                authors = "Lovelace, A.; du Châtelet, É.",
                date = "2026-01-25",
                version = n % 5 == 4 ? "2" : "1",
                category = "neuroscience",
                @abstract = "Text.",
                server = kind,
            });
            return context.Response.WriteAsync(JsonSerializer.Serialize(start >= 250
                ? (object)new { messages = new[] { new { status = "no posts found" } }, collection = Array.Empty<object>() }
                : new { messages = new[] { new { status = "ok", cursor = start, count = 100, total = "300" } }, collection = rows }));
        });
        await using var room = await OpenAsync(kind, server.Url);
        var report = Assert.Single((await room.HarvestAsync()).Sources);
        Assert.Null(report.Failure);
        // Every fifth row is the second version of the row before it.
        Assert.Equal((250, 200), (report.Entries, report.NewPapers));
        Assert.Equal(["0", "100", "200", "250"], server.Asked.Select(asked => asked.PathAndQuery.Split('/')[^2]));
        Assert.StartsWith($"/{kind}/2026-01-24/2026-01-26/0/", server.Asked.First().PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAlex_is_followed_by_its_cursor_to_the_empty_page()
    {
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var page = context.Request.Query["cursor"] == "*" ? 0 : int.Parse(context.Request.Query["cursor"].ToString()[1..], CultureInfo.InvariantCulture);
            Assert.Equal("from_publication_date:2026-01-23,to_publication_date:2026-01-26", context.Request.Query["filter"]);
            var works = page < 3 ? Enumerable.Range(0, 100).Select(n => new { id = $"https://openalex.org/W{page * 100 + n}", title = $"Work number {page * 100 + n}", publication_date = "2026-01-25" }) : [];
            return context.Response.WriteAsync(JsonSerializer.Serialize(new { meta = new { count = 300, next_cursor = page < 3 ? $"c{page + 1}" : null }, results = works }));
        });
        await using var room = await OpenAsync("openalex", server.Url, ("Query", "graph neural"));
        Assert.Equal(300, Assert.Single((await room.HarvestAsync()).Sources).NewPapers);
        Assert.Equal(["*", "c1", "c2", "c3"], server.Asked.Select(asked => Query(asked, "cursor")));
    }

    [Fact]
    public async Task Crossref_is_followed_by_its_cursor_to_the_short_page()
    {
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var page = context.Request.Query["cursor"] == "*" ? 0 : int.Parse(context.Request.Query["cursor"].ToString()[1..], CultureInfo.InvariantCulture);
            var works = Enumerable.Range(0, page < 2 ? 100 : 30).Select(n => new Dictionary<string, object> { ["DOI"] = $"10.5555/{page}-{n}", ["title"] = new[] { $"A work of page {page} numbered {n}" } });
            return context.Response.WriteAsync(JsonSerializer.Serialize(new { status = "ok", message = new Dictionary<string, object> { ["total-results"] = 230, ["next-cursor"] = $"n{page + 1}", ["items"] = works } }));
        });
        await using var room = await OpenAsync("crossref", server.Url, ("Query", "graph"));
        Assert.Equal(230, Assert.Single((await room.HarvestAsync()).Sources).NewPapers);
        Assert.Equal(["*", "n1", "n2"], server.Asked.Select(asked => Query(asked, "cursor")));
    }

    [Fact]
    public async Task PubMed_is_searched_and_fetched_page_by_page()
    {
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var query = context.Request.Query;
            if (context.Request.Path.Value!.EndsWith("/esearch.fcgi", StringComparison.Ordinal))
            {
                var start = int.Parse(query["retstart"]!, CultureInfo.InvariantCulture);
                Assert.Equal(("2026/01/25", "2026/01/26"), (query["mindate"].ToString(), query["maxdate"].ToString()));
                return context.Response.WriteAsync(JsonSerializer.Serialize(new { esearchresult = new { count = "450", idlist = Enumerable.Range(start, Math.Min(200, 450 - start)).Select(id => $"{1000 + id}") } }));
            }
            return context.Response.WriteAsync("<?xml version=\"1.0\"?><!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle//EN\" \"https://dtd.nlm.nih.gov/x.dtd\"><PubmedArticleSet>" +
                string.Concat(query["id"].ToString().Split(',').Select(id => $"<PubmedArticle><MedlineCitation><PMID>{id}</PMID><Article><ArticleTitle>Article number {id}</ArticleTitle></Article></MedlineCitation></PubmedArticle>")) + "</PubmedArticleSet>");
        });
        await using var room = await OpenAsync("pubmed", server.Url, ("Query", "malaria"));
        var report = Assert.Single((await room.HarvestAsync()).Sources);
        Assert.Equal((null, 450), (report.Failure, report.NewPapers));
        Assert.Equal(6, server.Asked.Count);
    }

    [Fact]
    public async Task OpenReview_is_paged_until_its_notes_are_old()
    {
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var offset = int.Parse(context.Request.Query["offset"]!, CultureInfo.InvariantCulture);
            var notes = Enumerable.Range(offset, 100).Select(n => new { id = $"n{n}", forum = $"n{n}", cdate = Monday.AddHours(-n).ToUnixTimeMilliseconds(), content = new { title = new { value = $"Note number {n}" } } });
            return context.Response.WriteAsync(JsonSerializer.Serialize(new { notes, count = 5000 }));
        });
        await using var room = await OpenAsync("openreview", server.Url, ("Query", "TMLR/-/Submission"));
        // Three days back from Monday, whole days: 85 hours of one note each.
        Assert.Equal(85, Assert.Single((await room.HarvestAsync()).Sources).NewPapers);
        Assert.Equal(["0", "100"], server.Asked.Select(asked => Query(asked, "offset")));
    }

    [Fact]
    public async Task Hugging_Face_is_asked_for_every_day_since_the_last_good_one_and_for_every_page()
    {
        var clock = new SkippingClock(Monday);
        var up = true;
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            context.Response.StatusCode = up ? 200 : 503;
            var (day, page) = (int.Parse(context.Request.Query["date"].ToString()[^2..], CultureInfo.InvariantCulture), int.Parse(context.Request.Query["p"]!, CultureInfo.InvariantCulture));
            return context.Response.WriteAsync(JsonSerializer.Serialize(Enumerable.Range(page * 100, page == 0 ? 100 : 20).Select(n => new { paper = new { id = $"2601.{day:00}{n:000}", title = $"Paper {n} of day {day}" } })));
        });
        await using var room = await PapersRoom.OpenAsync(clock, ("Sources:0:Kind", "huggingface"), ("Sources:0:Url", server.Url));
        Assert.Equal(240, (await room.HarvestAsync()).NewPapers);
        Assert.Equal(["2026-01-25 0", "2026-01-25 1", "2026-01-26 0", "2026-01-26 1"], server.Asked.Select(asked => $"{Query(asked, "date")} {Query(asked, "p")}"));
        up = false;
        clock.Set(Monday.AddDays(1));
        Assert.NotNull(Assert.Single((await room.HarvestAsync()).Sources).Failure);
        up = true;
        clock.Set(Monday.AddDays(3));
        Assert.Equal(360, (await room.HarvestAsync()).NewPapers);
    }

    [Fact]
    public async Task An_archive_as_an_ordinary_source_resumes_where_it_broke_and_goes_on_from_its_own_day()
    {
        var clock = new SkippingClock(Monday);
        var broken = true;
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var query = context.Request.Query;
            var token = query["resumptionToken"].ToString();
            if (token == "t2" && broken)
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            }
            var page = token.Length == 0 ? 0 : int.Parse(token[1..], CultureInfo.InvariantCulture);
            var records = Enumerable.Range(0, 4).Select(n => OaiRecord($"2601.{(query["set"] == "stat:stat:ML" ? 900 : 100) + page * 4 + n:00000}", n == 3 ? "2018-01-01" : "2026-01-24"));
            var next = query["set"] == "stat:stat:ML" || page == 3 ? "" : $"<resumptionToken>t{page + 1}</resumptionToken>";
            return context.Response.WriteAsync($"<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2026-01-26T12:00:00Z</responseDate><ListRecords>{string.Concat(records)}{next}</ListRecords></OAI-PMH>");
        });
        await using var room = await PapersRoom.OpenAsync(clock, ("Sources:0:Kind", "arxiv-oai"), ("Sources:0:Url", server.Url), ("Sources:0:Categories:0", "cs.CL"), ("Sources:0:Categories:1", "stat.ML"));
        var report = Assert.Single((await room.HarvestAsync()).Sources);
        Assert.Contains("500", report.Failure, StringComparison.Ordinal);
        Assert.Equal(6, report.NewPapers); // of each four one is old and was only edited
        broken = false;
        var asked = server.Asked.Count;
        report = Assert.Single((await room.HarvestAsync()).Sources);
        Assert.Equal((null, 9), (report.Failure, report.NewPapers));
        Assert.Equal("t2", Query(server.Asked.ElementAt(asked), "resumptionToken"));
        Assert.Equal("2026-01-24", Query(server.Asked.First(), "from"));
        asked = server.Asked.Count;
        clock.Set(Monday.AddDays(1));
        await room.HarvestAsync();
        Assert.Equal("2026-01-26", Query(server.Asked.ElementAt(asked), "from"));
        Assert.All(server.Asked.Zip(server.Asked.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.Zero));
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_used_and_asked_for_again()
    {
        var whole = false;
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var works = string.Join(',', Enumerable.Range(0, 100).Select(n => $$"""{"id":"https://openalex.org/W{{n}}","title":"Work number {{n}}"}"""));
            var answer = $$"""{"meta":{"count":100,"next_cursor":null},"results":[{{works}}]}""";
            return context.Response.WriteAsync(whole ? answer : answer[..(answer.Length / 2)]);
        });
        await using var room = await OpenAsync("openalex", server.Url, ("Query", "graph"));
        var first = Assert.Single((await room.HarvestAsync()).Sources);
        Assert.InRange(first.NewPapers, 40, 60);
        Assert.Equal(1, first.SetAside);
        whole = true;
        Assert.Equal(100, first.NewPapers + (await room.HarvestAsync()).NewPapers);
    }

    private static Task<PapersRoom> OpenAsync(string kind, string url, params (string Key, string Value)[] settings) =>
        PapersRoom.OpenAsync(new SkippingClock(Monday), [("Sources:0:Kind", kind), ("Sources:0:Url", url), .. settings.Select(setting => ($"Sources:0:{setting.Key}", setting.Value))]);

    private static string Query(Asked asked, string name) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked.PathAndQuery[asked.PathAndQuery.IndexOf('?', StringComparison.Ordinal)..])[name].ToString();

    private static string Atom(int total, IEnumerable<(string Id, DateTimeOffset At)> papers) =>
        $"""
        <feed xmlns="http://www.w3.org/2005/Atom"><opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}</opensearch:totalResults>
        {string.Concat(papers.Select(paper => $"<entry><id>http://arxiv.org/abs/{paper.Id}v1</id><title>Paper numbered {paper.Id}</title><summary>Text.</summary><published>{paper.At:s}Z</published><author><name>Ada Lovelace</name></author><category term=\"cs.CL\"/></entry>"))}</feed>
        """;

    private static string OaiRecord(string id, string submitted) =>
        $"""
        <record><header><identifier>oai:arXiv.org:{id}</identifier><datestamp>2026-01-26</datestamp></header><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{id}</id><created>{submitted}</created>
        <authors><author><keyname>Lovelace</keyname><forenames>Ada</forenames></author></authors><title>Paper numbered {id}</title><categories>cs.CL</categories><abstract>Text.</abstract></arXiv></metadata></record>
        """;
}
