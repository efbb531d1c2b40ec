using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>Every page as readers and operators see it: on a desk and on a telephone, light and dark, with scripts and without.</summary>
public sealed class BrowserWalkTests
{
    [FactWith<BrowserPage>]
    public async Task Every_page_fits_its_window_can_be_read_and_names_its_fields()
    {
        await using var room = await BrowserRoom.OpenAsync();
        var tokens = room.Service.Get<ReaderToken>();
        var own = await room.OwnAsync(BrowserRoom.Reader(0));
        string[] readers =
        [
            "/", "/2026-01-26", "/2026-W05", "/2026-01", "/2026-01-25", "/2026-01-26?order=newest", "/p/2601.00001", "/search", "/search?q=graph", "/search?q=grpah%20netwroks", "/search?q=author:", "/subscribe",
            "/subscribe?q=graph%20networks", "/nothing", $"/u/{tokens.Write(TokenPurpose.Unsubscribe, 1, 1)}", $"/c/{tokens.Write(TokenPurpose.Confirm, 1, 0)}", "/a/aaaa", "/my/aaaa",
            own, own + "/issues", own + "/issues/1", own + "?done=saved", own + "?lang=de", "/?lang=ja",
        ];
        string[] operators = ["/admin", "/admin/subscribers", "/admin/subscribers/1", "/admin/subscribers/1/preview", "/admin/deliveries", "/admin/mailbox", "/admin/sources", "/admin/nothing"];
        await room.LogInAsync();
        foreach (var shape in Shape.All)
        {
            await room.ShapeAsync(shape);
            foreach (var address in readers.Select(room.Site).Concat(operators.Select(room.Operators)))
            {
                await room.VisitAsync(address);
                Assert.Equal(address.AbsolutePath, await room.PathAsync());
            }
        }
        room.AssertFaultless();
    }

    [FactWith<BrowserPage>]
    public async Task What_looks_wrong_is_seen()
    {
        await using var room = await BrowserRoom.OpenAsync();
        var page = room.Page;
        await room.ShapeAsync(new Shape(375, Dark: false, Scripts: true));
        await room.VisitAsync(room.Site("/"));
        room.AssertFaultless();
        await page.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<input name=x><a href=/></a><p id=faint>faint</p><div id=wide>x</div><h1>two</h1><p aria-level=x>y</p>'); faint.style.color = '#aaa'; wide.style.width = '900px'; ''");
        var found = await page.EvaluateAsync(PageFaults.Script);
        foreach (var fault in new[] { "wide", "first headings", "no label", "no name", "contrast" })
            Assert.Contains(fault, found, StringComparison.Ordinal);
        found = await Axe.FaultsAsync(page);
        foreach (var fault in new[] { "axe label: input[name=\"x\"]", "axe link-name: ", "axe color-contrast: #faint", "axe aria-allowed-attr: p[aria-level=\"x\"]" })
            Assert.Contains(fault, found, StringComparison.Ordinal);
    }
}
