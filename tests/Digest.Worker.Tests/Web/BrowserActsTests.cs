using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Digest.Worker.Access;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>All that readers and operators do on the pages, done in a browser at a desk in the dark and on a telephone without scripts; each page that comes of it is looked at.</summary>
public sealed class BrowserActsTests
{
    [FactWith<BrowserPage>]
    public async Task A_reader_pauses_votes_takes_back_leaves_and_is_erased()
    {
        await using var room = await BrowserRoom.OpenAsync();
        foreach (var (number, shape) in Shape.Two.Index())
        {
            var ada = BrowserRoom.Reader(number);
            var own = room.Site(await room.OwnAsync(ada));
            var issue = $"{own}/issues/{number + 1}";
            await room.ShapeAsync(shape);
            await room.VisitAsync(own);
            await room.PressAsync("form[action$=\"/pause\"] button");
            Assert.Equal(SubscriberState.Paused, await StateAsync(room, ada));
            await room.PressAsync("form[action$=\"/resume\"] button");
            Assert.Equal(SubscriberState.Active, await StateAsync(room, ada));
            await room.PressAsync("form[action$=\"/leave\"] button");
            Assert.Equal(SubscriberState.Unsubscribed, await StateAsync(room, ada));
            await room.PressAsync("form[action$=\"/undo\"] button");
            Assert.Equal(SubscriberState.Active, await StateAsync(room, ada));
            await room.Page.FillAsync("#hour", "21");
            await room.PressAsync("form[action*=\"/save\"] .send button");
            Assert.Equal(21, (await room.FindAsync(ada))!.Hour);
            await room.Page.FillAsync("#cap", "999");
            await room.Page.EvaluateAsync("document.querySelector('form[action*=\"/save\"]').noValidate = true; ''");
            await room.PressAsync("form[action*=\"/save\"] .send button");
            Assert.Contains("999", await room.Page.EvaluateAsync("document.querySelector('[role=alert]').textContent"), StringComparison.Ordinal);

            await room.VisitAsync(new Uri(issue));
            await room.PressAsync("form[action$=\"/thumb\"] button[value=more]");
            Assert.Equal("true", await room.Page.EvaluateAsync("document.querySelector('button[value=more]').getAttribute('aria-pressed')"));
            await room.VisitAsync(own);
            await room.PressAsync("form[action$=\"/forget\"] button");
            while (await room.Page.EvaluateAsync("document.querySelector('form[action$=\"/forget\"]') ? 'more' : ''") == "more")
                await room.PressAsync("form[action$=\"/forget\"] button");

            await room.Page.EvaluateAsync("document.querySelector('input[name=sure]').checked = true; ''");
            await room.PressAsync("form[action$=\"/erase\"] button");
            Assert.Null(await room.FindAsync(ada));
        }
        room.AssertFaultless();
    }

    [FactWith<BrowserPage>]
    public async Task A_reader_moves_to_another_address_by_the_link_that_is_mailed_there()
    {
        await using var room = await BrowserRoom.OpenAsync();
        foreach (var (number, shape) in Shape.Two.Index())
        {
            var (ada, moved) = (BrowserRoom.Reader(number), $"moved{number}@example.org");
            var own = room.Site(await room.OwnAsync(ada));
            await room.ShapeAsync(shape);
            await room.VisitAsync(own);
            await room.Page.FillAsync("#address", moved);
            await room.PressAsync("form[action$=\"/address\"] button");
            Assert.Equal("?done=asked", await room.Page.EvaluateAsync("location.search"));
            Assert.NotNull(await room.FindAsync(ada));

            await room.VisitAsync(await room.MailedLinkAsync(moved, "/a/"));
            Assert.NotNull(await room.FindAsync(ada));
            await room.PressAsync("main form button");
            Assert.Null(await room.FindAsync(ada));
            await room.VisitAsync(own);
            Assert.Equal("0", await room.Page.EvaluateAsync("String(document.querySelectorAll('main form').length)"));
            await room.VisitAsync(room.Site(await room.OwnAsync(moved)));
            Assert.Contains(moved, await room.Page.EvaluateAsync("document.querySelector('main').textContent"), StringComparison.Ordinal);
        }
        room.AssertFaultless();
    }

    [FactWith<BrowserPage>]
    public async Task A_reader_takes_their_data_along_and_reads_their_papers_as_a_feed()
    {
        await using var room = await BrowserRoom.OpenAsync();
        foreach (var (number, shape) in Shape.Two.Index())
        {
            var ada = BrowserRoom.Reader(number);
            await room.ShapeAsync(shape);
            await room.VisitAsync(room.Site(await room.OwnAsync(ada)));
            var data = await room.Page.DownloadAsync("a[href$=\"/export\"]");
            Assert.Equal(ada, JsonNode.Parse(data)!["subscription"]![0]!["email"]!.GetValue<string>());
            foreach (var kept in new[] { "graph networks\\nmolecules", "Graph networks for molecules" })
                Assert.Contains(kept, data, StringComparison.Ordinal);
            Assert.DoesNotContain(BrowserRoom.Reader((number + 1) % Shape.Two.Length), data, StringComparison.Ordinal);

            await room.Page.PressAsync("a[href^=\"/feed/\"]");
            var feed = await room.Page.EvaluateAsync("document.documentElement.textContent");
            Assert.Equal("feed", XDocument.Parse(feed).Root!.Name.LocalName);
            Assert.Contains("Graph networks for molecules", feed, StringComparison.Ordinal);
        }
        room.AssertFaultless();
    }

    [FactWith<BrowserPage>]
    public async Task A_search_becomes_a_subscription_by_the_mail_that_confirms_it()
    {
        await using var room = await BrowserRoom.OpenAsync();
        foreach (var (number, shape) in Shape.Two.Index())
        {
            var eve = $"eve{number}@example.org";
            await room.ShapeAsync(shape);
            await room.VisitAsync(room.Site("/2026-01-26"));
            await room.Page.FillAsync(".find input", "graph networks");
            await room.PressAsync(".find button");
            await room.PressAsync(".found a.button");
            Assert.Equal("graph networks", await room.Page.EvaluateAsync("document.querySelector('#interests').value"));
            await room.Page.FillAsync("#address", eve);
            await room.Page.FillAsync("#examples", "arXiv:2601.00001");
            await room.PressAsync("button[value=examples]");
            await room.Page.EvaluateAsync("[...document.querySelectorAll('fieldset [name=pick]')].find(one => one.value !== 'graph networks').checked = true; ''");
            await room.PressAsync("button[value=preview]");
            Assert.Equal(eve, await room.Page.EvaluateAsync("document.querySelector('#address').value"));
            var interests = await room.Page.EvaluateAsync("document.querySelector('#interests').value");
            Assert.StartsWith("graph networks\n", interests, StringComparison.Ordinal);
            // Nobody fills in a form in less than two seconds; one that comes back sooner is a machine's.
            room.Clock.Now += TimeSpan.FromSeconds(5);
            await room.PressAsync("main .send button");
            for (var patience = Stopwatch.StartNew(); await room.FindAsync(eve) is null; await Task.Delay(50))
                Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "the sign-up was not taken");

            await room.VisitAsync(await room.MailedLinkAsync(eve, "/c/"));
            Assert.Equal(SubscriberState.Pending, await StateAsync(room, eve));
            await room.PressAsync("main form button");
            Assert.Equal((SubscriberState.Active, interests), (await StateAsync(room, eve), (await room.FindAsync(eve))!.Profile));
            await room.VisitAsync(await room.MailedLinkAsync(eve, "/my/"));
            await room.VisitAsync(await room.MailedLinkAsync(eve, "/u/"));
            await room.PressAsync("main form button");
            Assert.Equal(SubscriberState.Unsubscribed, await StateAsync(room, eve));
        }
        room.AssertFaultless();
    }

    [FactWith<BrowserPage>]
    public async Task An_operator_shows_a_key_looks_for_a_reader_sees_their_next_issue_and_leaves()
    {
        await using var room = await BrowserRoom.OpenAsync();
        var key = (await room.Service.Get<AccessKeys>().MakeAsync("browser", KeyScope.Read, CancellationToken.None)).Text;
        foreach (var (number, shape) in Shape.Two.Index())
        {
            await room.ShapeAsync(shape);
            await room.VisitAsync(room.Operators("/admin/subscribers"));
            Assert.Equal("/admin/login", await room.PathAsync());
            await room.Page.FillAsync("[name=key]", "digest_wrong");
            await room.PressAsync("main form button");
            Assert.Contains("no key", await room.Page.EvaluateAsync("document.querySelector('.alarm').textContent"), StringComparison.Ordinal);
            await room.Page.FillAsync("[name=key]", key);
            await room.PressAsync("main form button");
            await room.PressAsync("nav a[href$=\"/subscribers\"]");
            await room.Page.FillAsync("#text", BrowserRoom.Reader(number));
            await room.PressAsync(".look button");
            Assert.Equal("1", await room.Page.EvaluateAsync("String(document.querySelectorAll('tbody tr').length)"));
            await room.PressAsync("tbody a");
            Assert.Equal(BrowserRoom.Reader(number), await room.Page.EvaluateAsync("document.querySelector('h1').textContent"));
            await room.PressAsync("main a[href$=\"/preview\"]");
            await room.PressAsync("form.out button");
            await room.VisitAsync(room.Operators("/admin"));
            Assert.Equal("/admin/login", await room.PathAsync());
        }
        room.AssertFaultless();
    }

    private static async Task<SubscriberState> StateAsync(BrowserRoom room, string address) => (await room.FindAsync(address))!.State;
}
