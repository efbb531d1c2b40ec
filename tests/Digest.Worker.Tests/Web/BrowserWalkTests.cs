using Digest.Worker.Access;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Web;

/// <summary>Every page as readers and operators see it: on a desk and on a telephone, light and dark, with scripts and without.</summary>
public sealed class BrowserWalkTests
{
    private const string Ada = "ada@example.net";

    [ChromiumFact]
    public async Task Every_page_fits_its_window_can_be_read_and_names_its_fields()
    {
        await using var service = await OpenAsync();
        var (site, own) = (service.Doors.BaseAddress!, Own(service));
        var tokens = service.Get<ReaderToken>();
        string[] readers =
        [
            "/", "/2026-01-26", "/2026-W05", "/2026-01", "/2026-01-25", "/2026-01-26?order=newest", "/p/2601.00001", "/search", "/search?q=graph", "/search?q=grpah%20netwroks", "/search?q=author:", "/subscribe",
            "/subscribe?q=graph%20networks", "/nothing", $"/u/{tokens.Write(TokenPurpose.Unsubscribe, 1, 1)}", $"/c/{tokens.Write(TokenPurpose.Confirm, 1, 0)}", "/a/aaaa", "/my/aaaa",
            own, own + "/issues", own + "/issues/1", own + "?done=saved", own + "?lang=de", "/?lang=ja",
        ];
        string[] operators = ["/admin", "/admin/subscribers", "/admin/subscribers/1", "/admin/subscribers/1/preview", "/admin/deliveries", "/admin/mailbox", "/admin/sources", "/admin/nothing"];
        await using var page = await BrowserPage.OpenAsync(new Uri(site, "/"));
        await LogInAsync(service, page);
        var faults = new List<string>();
        foreach (var (width, dark, scripts) in new[] { (1280, false, true), (375, false, false), (375, true, true), (1280, true, false) })
        {
            await page.ShapeAsync(width, dark, scripts);
            foreach (var address in readers.Select(path => new Uri(site, path)).Concat(operators.Select(path => new Uri(service.Operator.BaseAddress!, path))))
            {
                await page.VisitAsync(address);
                // What is closed is opened: it must fit as well.
                await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true); ''");
                Assert.Equal(address.AbsolutePath, await page.EvaluateAsync("location.pathname"));
                if (await page.EvaluateAsync(PageFaults.Script) is { Length: > 0 } found)
                    faults.Add($"{address.PathAndQuery} at {width}{(dark ? " dark" : "")}{(scripts ? "" : " without scripts")}: {found}");
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [ChromiumFact]
    public async Task What_looks_wrong_is_seen()
    {
        await using var service = await OpenAsync();
        await using var page = await BrowserPage.OpenAsync(service.Doors.BaseAddress!);
        await page.ShapeAsync(375, dark: false, scripts: true);
        await page.VisitAsync(service.Doors.BaseAddress!);
        Assert.Equal("", await page.EvaluateAsync(PageFaults.Script));
        await page.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<input name=x><a href=/></a><p id=faint>faint</p><div id=wide>x</div><h1>two</h1>'); faint.style.color = '#aaa'; wide.style.width = '900px'; ''");
        var found = await page.EvaluateAsync(PageFaults.Script);
        foreach (var fault in new[] { "wide", "first headings", "no label", "no name", "contrast" })
            Assert.Contains(fault, found, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_reader_pauses_votes_takes_back_leaves_and_is_erased_with_scripts_and_without()
    {
        foreach (var scripts in (bool[])[false, true])
        {
            await using var service = await OpenAsync();
            var own = new Uri(service.Doors.BaseAddress!, Own(service));
            await using var page = await BrowserPage.OpenAsync(own);
            await page.ShapeAsync(375, dark: false, scripts);
            await page.VisitAsync(own);
            await page.PressAsync("form[action$=\"/pause\"] button");
            Assert.Equal(SubscriberState.Paused, await StateAsync(service));
            await page.PressAsync("form[action$=\"/resume\"] button");
            Assert.Equal(SubscriberState.Active, await StateAsync(service));
            await page.PressAsync("form[action$=\"/leave\"] button");
            Assert.Equal(SubscriberState.Unsubscribed, await StateAsync(service));
            await page.PressAsync("form[action$=\"/undo\"] button");
            Assert.Equal(SubscriberState.Active, await StateAsync(service));

            await page.VisitAsync(new Uri(own.AbsoluteUri + "/issues/1"));
            await page.PressAsync("form[action$=\"/thumb\"] button[value=more]");
            await page.VisitAsync(own);
            await page.PressAsync("form[action$=\"/forget\"] button");
            Assert.Equal("0", await page.EvaluateAsync("String(document.querySelectorAll('form[action$=\"/forget\"]').length)"));

            await page.EvaluateAsync("document.querySelector('input[name=sure]').checked = true; ''");
            await page.PressAsync("form[action$=\"/erase\"] button");
            Assert.Null(await service.Get<SubscriberStore>().FindAsync(1, CancellationToken.None));
        }
    }

    private static async Task<RunningService> OpenAsync()
    {
        var clock = new FakeTimeProvider(SiteRoom.Now);
        var service = await RunningService.StartAsync(clock);
        await service.Get<PaperStore>().AddAsync("test", new Fetched(
        [
            SiteRoom.Paper("2601.00001", "Graph networks for molecules", votes: 12), SiteRoom.Paper("2601.00002", "Graph networks again", text: string.Join(' ', Enumerable.Repeat("We study graph networks.", 60))),
            SiteRoom.Paper("2601.00003", "Averyveryverylongtitlethathasnoplacewhereitcouldbreakintotwolinesonatelephone and more", votes: 1) with { Authors = [.. Enumerable.Range(0, 60).Select(i => $"Author Number{i}")] },
        ], [], null), clock.GetUtcNow(), CancellationToken.None);
        await service.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = Ada, Name = "Ada", Interests = "graph networks\nmolecules" }, "test", null, CancellationToken.None);
        clock.Advance(TimeSpan.FromDays(1));
        await service.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        return service;
    }

    private static string Own(RunningService service) => "/my/" + service.Get<OwnLinks>().Write(TokenPurpose.Own, 1, Ada);

    private static async Task<SubscriberState> StateAsync(RunningService service) => (await service.Get<SubscriberStore>().FindAsync(1, CancellationToken.None))!.State;

    private static async Task LogInAsync(RunningService service, BrowserPage page)
    {
        var key = (await service.Get<AccessKeys>().MakeAsync("browser", KeyScope.Read, CancellationToken.None)).Text;
        await page.VisitAsync(new Uri(service.Operator.BaseAddress!, "/admin/login"));
        Assert.Equal("", await page.EvaluateAsync(PageFaults.Script));
        await page.EvaluateAsync($"document.querySelector('[name=key]').value = '{key}'; ''");
        await page.PressAsync("main form button");
        Assert.Equal("/admin", await page.EvaluateAsync("location.pathname"));
    }
}
