using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

public sealed class ListDoorsTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task The_start_page_is_the_newest_day_with_papers_the_most_voted_first()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Quiet one"), SiteRoom.Paper("2601.00002", "Loud one", votes: 12), SiteRoom.Paper("2601.00003", "Older one", "2026-01-23", 99));
        var (text, links) = StrictPage.Read(await room.PageAsync("/"));
        Assert.Contains("Monday, 26 January 2026", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("Loud one", StringComparison.Ordinal) < text.IndexOf("Quiet one", StringComparison.Ordinal));
        Assert.DoesNotContain("Older one", text, StringComparison.Ordinal);
        Assert.Contains("12 votes", text, StringComparison.Ordinal);
        Assert.Contains("Ada Lovelace, Emmy Noether", text, StringComparison.Ordinal);
        Assert.Contains("We study Loud one.", text, StringComparison.Ordinal);
        foreach (var link in new[] { "https://arxiv.org/abs/2601.00002", "https://arxiv.org/pdf/2601.00002", "/p/2601.00002", "/2026-01-25", "/2026-01-27", "/2026-W05", "/2026-01", "/2026-01-26?order=newest", "/2026-01-26?cat=cs.LG", "/2026-01-26.atom" })
            Assert.Contains(link, links);
    }

    [Fact]
    public async Task A_category_an_archive_and_the_order_choose_and_pages_carry_them_on()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync([.. Enumerable.Range(1, 45).Select(number => SiteRoom.Paper($"2601.{number:00000}", $"Number {number}", votes: number, categories: number % 2 == 0 ? ["cs.LG", "math.OC"] : ["cs.CV"]))]);
        var (text, links) = StrictPage.Read(await room.PageAsync("/2026-01-26?cat=math.OC"));
        Assert.Contains("Number 44", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Number 45", text, StringComparison.Ordinal);
        Assert.Contains("/2026-01-26?cat=math.OC&page=2", links);
        var (second, back) = StrictPage.Read(await room.PageAsync("/2026-01-26?cat=math.OC&page=2"));
        Assert.Contains("21. Number 4", second, StringComparison.Ordinal);
        Assert.Contains("22. Number 2", second, StringComparison.Ordinal);
        Assert.Contains("/2026-01-26?cat=math.OC", back);
        Assert.Contains("1 of 3", StrictPage.Read(await room.PageAsync("/2026-01-26?cat=cs")).Text, StringComparison.Ordinal);
        await room.PageAsync("/2026-01-26?page=4", HttpStatusCode.NotFound);
        await room.PageAsync("/2026-01-26?page=x", HttpStatusCode.NotFound);
        Assert.Contains("No paper of this category", await room.PageAsync("/2026-01-26?cat=nonsense%25"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/2026-01-25", "Saturdays and Sundays")]
    [InlineData("/2026-01-19", "holiday")]
    [InlineData("/2026-01-27", "not arrived")]
    [InlineData("/2026-01-28", "not come yet")]
    [InlineData("/2026-01-21", "no papers of this time")]
    [InlineData("/2025-12", "no papers of this time")]
    public async Task An_empty_day_says_why_and_leads_to_papers(string path, string sentence)
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "A paper"));
        var (text, links) = StrictPage.Read(await room.PageAsync(path));
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.Contains("/2026-01-26", links);
    }

    [Fact]
    public async Task A_service_without_papers_has_a_page_too()
    {
        await using var room = await SiteRoom.OpenAsync();
        Assert.Contains("not arrived", StrictPage.Read(await room.PageAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_page_stays_under_60_kB()
    {
        await using var room = await SiteRoom.OpenAsync();
        var long2k = string.Join(' ', Enumerable.Repeat("A sentence of some length that stands in an abstract of a paper.", 40));
        await room.ArriveAsync([.. Enumerable.Range(1, 60).Select(number => SiteRoom.Paper($"2601.{number:00000}", new string('T', 140) + number, text: long2k,
            categories: ["cs.LG", "cs.CV", "cs.CL", "stat.ML", $"x{number}.AB"]))]);
        var page = await room.PageAsync("/2026-01-26");
        StrictPage.Read(page);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 20_000, 60_000);
    }

    [Fact]
    public async Task Hostile_papers_do_nothing_on_any_page()
    {
        await using var room = await SiteRoom.OpenAsync();
        var hostile = new HostileText(7);
        await room.ArriveAsync([.. Enumerable.Range(1, 40).Select(number => new Worker.Papers.PaperEntry
        {
            Id = $"2601.{number:00000}",
            // What reads the sources has no half pairs.
            Title = string.Concat(hostile.Next().EnumerateRunes()) + "<img src=x onerror=alert(1)>",
            Abstract = "</p><script>alert(1)</script>" + string.Concat(hostile.Next().EnumerateRunes()),
            Authors = [string.Concat(hostile.Next().EnumerateRunes()), "\"onmouseover=\"alert(1)"],
            Categories = ["<b>", "\"><script>", "cs.LG"],
            Announced = new DateOnly(2026, 1, 26),
            Url = "javascript:alert(1)",
            Pdf = "https://x.example/\"onclick=\"alert(1)",
            Code = "data:text/html,<script>alert(1)</script>",
        })]);
        foreach (var path in new[] { "/", "/2026-01-26?page=2", "/2026-W05?cat=%3Cb%3E", "/2026-01-26?cat=%22%3E%3Cscript%3E", "/p/2601.00001", "/p/2601.00017", "/nothing/%3Cscript%3E" })
        {
            using var answer = await room.Browser.GetAsync(path);
            var (_, links) = StrictPage.Read(await answer.Content.ReadAsStringAsync());
            Assert.DoesNotContain(links, link => link.Contains("onclick=\"", StringComparison.Ordinal));
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
        XDocument.Parse(await room.PageAsync("/2026-01-26.atom"));
        using var json = JsonDocument.Parse(await room.PageAsync("/2026-01-26.json"));
    }

    [Fact]
    public async Task A_list_is_there_as_Atom_and_as_JSON()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "Less <i>is</i> more", votes: 3), SiteRoom.Paper("2601.00002", "Other", votes: 1, categories: "cs.CV"));
        var feed = XDocument.Parse(await room.PageAsync("/2026-01-26.atom?cat=cs.LG")).Root!;
        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        Assert.Equal("Less <i>is</i> more", entry.Element(Atom + "title")!.Value);
        Assert.Equal($"{room.Browser.BaseAddress}p/2601.00001", entry.Element(Atom + "id")!.Value);
        using var json = JsonDocument.Parse(await room.PageAsync("/2026-01-26.json"));
        var items = json.RootElement.GetProperty("items");
        Assert.Equal(["arxiv:2601.00001", "arxiv:2601.00002"], items.EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(3, items[0].GetProperty("_paper").GetProperty("votes").GetInt32());
        Assert.Equal(await room.PageAsync("/2026-01-26.json"), await room.PageAsync("/json"));
    }

    [Fact]
    public async Task A_paper_has_a_page_of_its_own_and_a_missing_one_has_none()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "A paper", text: "First sentence. Second sentence."), SiteRoom.Paper("hep-ex/0307015", "An old paper"));
        var (text, links) = StrictPage.Read(await room.PageAsync("/p/2601.00001"));
        Assert.Contains("First sentence. Second sentence.", text, StringComparison.Ordinal);
        Assert.Contains("/2026-01-26", links);
        Assert.Contains("/2026-01-26?cat=cs.LG", links);
        Assert.Contains("An old paper", await room.PageAsync("/p/hep-ex/0307015"), StringComparison.Ordinal);
        Assert.Contains("There is no such page", await room.PageAsync("/p/2601.99999", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-AT, en;q=0.5", null, "de", "Artikel des Tages")]
    [InlineData("pt, fr;q=0.3", null, "fr", "articles du jour")]
    [InlineData("de", "ja", "ja", "論文")]
    [InlineData(null, "zh-Hans", "zh", "每日论文")]
    [InlineData("*, x;q=0", "xx", "en", "Daily papers")]
    [InlineData("es", null, "es", "artículos del día")]
    public async Task The_language_is_the_browsers_or_the_one_asked_for(string? accepted, string? asked, string expected, string words)
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "A paper"));
        using var request = new HttpRequestMessage(HttpMethod.Get, asked is null ? "/" : $"/?lang={asked}");
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var answer = await room.Browser.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{expected}\"", page, StringComparison.Ordinal);
        var (text, links) = StrictPage.Read(page);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal(asked is "ja" or "zh-Hans", links.Contains($"/p/2601.00001?lang={expected}"));
    }

    [Fact]
    public async Task A_page_is_not_sent_twice_is_compressed_and_has_a_head()
    {
        await using var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync(SiteRoom.Paper("2601.00001", "A paper"));
        using var first = await room.Browser.GetAsync("/");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };
        using var second = await room.Browser.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var packed = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept-Encoding", "br, gzip" } } };
        using var third = await room.Browser.SendAsync(packed);
        Assert.Equal(["gzip"], third.Content.Headers.ContentEncoding);
        using var head = await room.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsStringAsync());
        // A new paper shows when the answer has had its half minute.
        await room.ArriveAsync(SiteRoom.Paper("2601.00002", "Another paper"));
        Assert.DoesNotContain("Another paper", await room.PageAsync("/"), StringComparison.Ordinal);
        room.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("Another paper", await room.PageAsync("/"), StringComparison.Ordinal);
    }
}
