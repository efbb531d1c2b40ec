using System.Net;
using System.Text.RegularExpressions;
using Digest.Worker.Matching;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Tests.Support;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Tests.Web;

public sealed partial class PreviewTests
{
    [Fact]
    public async Task Beside_the_form_stands_what_it_would_bring_and_nothing_is_sent()
    {
        await using var room = await FilledAsync();
        var form = new Dictionary<string, string> { ["do"] = "preview", ["interests"] = "graph networks\nwormhole\n-<b>survey", ["address"] = "ada@example.org", ["zone"] = "Asia/Tokyo", ["cadence"] = "daily", ["hour"] = "21", ["cap"] = "3" };
        var page = await SendAsync(room, "/subscribe", form);
        var (text, links) = StrictPage.Read(page);
        Assert.Contains("About 2 a day (last 2 days with papers)", text, StringComparison.Ordinal);
        Assert.Contains("The best of Tuesday, 27 January 2026", text, StringComparison.Ordinal);
        Assert.Contains("/p/2601.00001?lang=en", links);
        Assert.Contains("wormhole 0 papers found nothing", text, StringComparison.Ordinal);
        Assert.Contains("graph networks 4 papers", text, StringComparison.Ordinal);
        Assert.Contains("value=\"ada@example.org\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Asia/Tokyo\" selected>", page, StringComparison.Ordinal);
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "subscriber"));
        Assert.Equal(0, await Readers.CountAsync(room.Installation, "outbox"));
    }

    [Fact]
    public async Task What_could_not_be_counted_is_told_and_is_not_nothing()
    {
        await using var room = await SiteRoom.OpenAsync(("Web:RequestsPerMinute", "10"));
        var page = "";
        for (var i = 0; i < 12; i++)
            page = await SendAsync(room, "/subscribe", new() { ["do"] = "preview", ["interests"] = $"graph networks {i}" });
        Assert.Contains("could not be counted just now", StrictPage.Read(page).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing in the last", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_any_paper_came_nothing_is_counted_and_that_is_told()
    {
        await using var room = await SiteRoom.OpenAsync();
        Assert.Contains("No papers have arrived yet", await SendAsync(room, "/subscribe", new() { ["do"] = "preview", ["interests"] = "graph networks" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_becomes_a_subscription_shows_it_at_once()
    {
        await using var room = await FilledAsync();
        Assert.Contains("About 2 a day", await room.PageAsync("/subscribe?q=graph%20networks"), StringComparison.Ordinal);
        Assert.DoesNotContain("What it would bring", await room.PageAsync("/subscribe"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://arxiv.org/abs/2601.00001v2 and arXiv:9999.99999")]
    [InlineData("@article{x,\n  title = {{Graph} Networks for Molecules},\n  booktitle = {Cell migration},\n  abstract = \"Attention to graph networks.\"\n}")]
    [InlineData("We study graph networks and their training. Graph networks are good.")]
    public async Task Examples_propose_interests_of_which_those_that_are_ticked_become_lines(string examples)
    {
        await using var room = await FilledAsync();
        var page = await SendAsync(room, "/subscribe", new() { ["do"] = "examples", ["examples"] = examples, ["interests"] = "protein folding" });
        var (text, _) = StrictPage.Read(page);
        Assert.Contains("graph networks 4 papers", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cell migration 1 paper", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(examples.Contains("9999", StringComparison.Ordinal), text.Contains("Not stored here: 9999.99999", StringComparison.Ordinal));
        page = await SendAsync(room, "/subscribe", new() { ["do"] = "preview", ["pick"] = "graph networks", ["interests"] = "protein folding\r\n" });
        Assert.Equal("protein folding\ngraph networks", WebUtility.HtmlDecode(Area().Match(page).Groups[1].Value));
    }

    [Fact]
    public async Task On_one_s_own_page_a_preview_changes_nothing()
    {
        await using var room = await FilledAsync();
        var reader = await Readers.AddAsync(room.Installation, "ada@example.org", "cell migration");
        var own = "/my/" + room.Installation.Get<OwnLinks>().Write(TokenPurpose.Own, reader.Id, reader.Email);
        var proof = Proof().Match(await room.PageAsync(own)).Groups[1].Value;
        var page = await SendAsync(room, own + "/save", new() { ["do"] = "preview", ["proof"] = proof, ["interests"] = "graph networks", ["zone"] = "UTC", ["cadence"] = "daily", ["hour"] = "05", ["cap"] = "4" });
        Assert.Contains("About 2 a day", StrictPage.Read(page).Text, StringComparison.Ordinal);
        Assert.Equal("graph networks", WebUtility.HtmlDecode(Area().Match(page).Groups[1].Value));
        Assert.Equal(reader.Profile, (await Readers.FindAsync(room.Installation, reader.Id)).Profile);
    }

    [Fact]
    public async Task Anything_can_be_pasted()
    {
        await using var room = await FilledAsync();
        var proposals = room.Installation.Get<InterestProposals>();
        var random = new Random(7);
        var pieces = new[] { "title = {", "\"", "}", "{", "2601.00001", "10.1000/", "@", "\n", "graph networks", "\ud83d", "\udd0d", "\u202e", "=", " ", "abstract=\"", "cs.LG/0101001", "\u0000" };
        for (var i = 0; i < 60; i++)
            await proposals.OfAsync(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)])), CancellationToken.None);
        await proposals.OfAsync(new string('{', 200_000), CancellationToken.None);
    }

    [Fact]
    public async Task Of_a_week_with_very_many_papers_a_share_is_read_that_stands_for_all()
    {
        await using var room = await SiteRoom.OpenAsync();
        const int Stored = ProfilePreview.MostPapers + 1_000;
        // Every fourth, of odd and even ids alike.
        await room.Installation.Database.WriteAsync(transaction => transaction.ExecuteAsync(
            $$"""
            insert into paper (work_key, title, abstract, authors, categories, announced, announce_type, version, source, seen_at)
            with recursive number (n) as (select 1 union all select n + 1 from number where n < {{Stored}})
            select 'arxiv:' || n, case when n % 8 in (0, 1) then 'Graph networks' else 'Another' end || ' of kind ' || n, '', '[]', '[]', case when n % 8 < 4 then '2026-01-26' else '2026-01-27' end, 'new', 1, 'test', '2026-01-27T00:00:00.000Z' from number
            """), CancellationToken.None);
        var look = (await room.Installation.Get<ProfilePreview>().LookBackAsync(Profile.Parse("graph networks"), ProfilePreview.Days)).Test!;
        Assert.InRange(look.PapersRead, Stored / 4, ProfilePreview.MostPapers);
        var report = look.Report(5);
        Assert.Equal(Stored, report.Papers);
        Assert.InRange(report.Matched, Stored / 5, Stored / 3);
        Assert.Equal(report.Matched, report.Lines[0].Papers);
        Assert.Equal(5, report.Best.Count);
    }

    private static async Task<SiteRoom> FilledAsync()
    {
        var room = await SiteRoom.OpenAsync();
        await room.ArriveAsync([
            SiteRoom.Paper("2601.00001", "Graph networks for molecules", "2026-01-27"), SiteRoom.Paper("2601.00002", "Deep graph networks", "2026-01-27"), SiteRoom.Paper("2601.00003", "Cell migration", "2026-01-27"),
            SiteRoom.Paper("2601.00004", "Graph networks again"), SiteRoom.Paper("2601.00005", "Training graph networks"),
            .. Enumerable.Range(10, 30).Select(number => SiteRoom.Paper($"2601.000{number}", $"Another paper {number}", text: "Nothing of that kind.")),
        ]);
        return room;
    }

    private static async Task<string> SendAsync(SiteRoom room, string path, Dictionary<string, string> form)
    {
        using var answer = await room.Browser.PostAsync(path, new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("""name="proof" value="([a-z0-9]+)""")]
    private static partial Regex Proof();

    [GeneratedRegex("""<textarea[^>]*id="interests"[^>]*>\n([^<]*)</textarea>""")]
    private static partial Regex Area();
}
