using System.Net;
using Dapper;
using Digest.Worker.Access;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Web;

public sealed class AdminTests
{
    private static readonly string[] Places = ["", "/subscribers", "/deliveries", "/mailbox", "/sources"];

    [Fact]
    public async Task Only_who_showed_a_key_that_stands_sees_anything()
    {
        var clock = new FakeTimeProvider(SiteRoom.Now);
        await using var service = await RunningService.StartAsync(clock, settings: [("Web:RequestsPerMinute", "10")]);
        var (id, key) = await service.Get<AccessKeys>().MakeAsync("browser", KeyScope.Read, CancellationToken.None);
        foreach (var place in (string[])[.. Places, "/nothing", "/subscribers/1", "/subscribers/1/preview", "/subscribers/1/mail"])
        {
            using var closed = await service.Operator.GetAsync("/admin" + place);
            Assert.Equal((HttpStatusCode.SeeOther, "/admin/login"), (closed.StatusCode, closed.Headers.Location!.ToString()));
            Assert.Equal(HttpStatusCode.NotFound, (await service.Doors.GetAsync("/admin" + place)).StatusCode);
        }
        using var searched = await service.Operator.PostAsync("/admin/subscribers", new FormUrlEncodedContent([new("text", "a")]));
        Assert.Equal(HttpStatusCode.SeeOther, searched.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await LogInAsync(service, "digest_wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await LogInAsync(service, key, "cross-site")).StatusCode);

        using var opened = await LogInAsync(service, key);
        Assert.Equal((HttpStatusCode.SeeOther, "/admin"), (opened.StatusCode, opened.Headers.Location!.ToString()));
        var cookie = opened.Headers.GetValues("Set-Cookie").Single();
        Assert.All(new[] { "httponly", "samesite=strict", "path=/admin", "max-age=43200" }, word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(key, cookie, StringComparison.Ordinal);
        cookie = cookie.Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "", cookie));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(service, "/nothing", cookie));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(service, "/subscribers/99", cookie));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(service, "", cookie[..^1] + (cookie[^1] == 'a' ? 'q' : 'a')));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(service, "", cookie[..8] + (cookie[8] == 'b' ? 'c' : 'b') + cookie[9..]));
        using (var foreign = new HttpRequestMessage(HttpMethod.Post, "/admin/logout") { Headers = { { "Sec-Fetch-Site", "cross-site" } } })
            Assert.False((await service.Operator.SendAsync(foreign)).Headers.Contains("Set-Cookie"));
        clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(service, "", cookie));
        cookie = (await LogInAsync(service, key)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await service.Get<AccessKeyStore>().RevokeAsync(id, clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(service, "", cookie));
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
            codes.Add((await LogInAsync(service, $"guess{i}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, codes[^1]);
        Assert.NotNull((await LogInAsync(service, "guess")).Headers.RetryAfter);
    }

    [Fact]
    public async Task The_pages_show_the_month_the_readers_and_one_reader_s_story_whatever_stands_in_the_database()
    {
        const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}";
        var clock = new FakeTimeProvider(SiteRoom.Now);
        await using var service = await RunningService.StartAsync(clock);
        await service.Get<PaperStore>().AddAsync("test", new Fetched([SiteRoom.Paper("2601.00001", "Graph networks " + Hostile, text: Hostile)], [], null), clock.GetUtcNow(), CancellationToken.None);
        var added = await service.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = "ada@example.org", Name = Hostile, Interests = "graph networks\n" + Hostile }, Hostile, null, CancellationToken.None);
        await service.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = "bob@example.org" }, "add", null, CancellationToken.None);
        clock.Advance(TimeSpan.FromDays(1));
        await service.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        await service.Get<PaperStore>().AddAsync("test", new Fetched([SiteRoom.Paper("2601.00002", "More graph networks " + Hostile, "2026-01-28", text: Hostile)], [], null), clock.GetUtcNow(), CancellationToken.None);
        await service.Database.WriteAsync(async transaction =>
        {
            var given = new { id = added.Subscriber!.Id, text = Hostile, now = "2026-01-28T08:00:00.000Z" };
            foreach (var sql in new[]
            {
                "update outbox set state = 'deferred', answer = @text where subscriber_id = @id",
                "insert into inbound (mail_key, received_at, kind, decision, effect, subscriber_id, reference) values ('k', @now, @text, @text, 'unclear', @id, @text)",
                "insert into bounce (subscriber_id, day, severity, reason, status, counts, domain, created_at) values (@id, '2026-01-28', 'soft', @text, @text, 1, @text, @now)",
                "insert into alarm (key, sentence, remedy, since, told_at) values (@text, @text, @text, @now, @now)",
                "insert into batch (source, day, state, counts, announced, detail, checked_at) values (@text, '2026-01-28', 'failed', '[]', 0, @text, @now)",
                "insert into delivery_pause (scope, reason, since, until) values (@text, @text, @now, '2027-01-01T00:00:00.000Z')",
                "insert into suppression (address_key, reason, created_at) values ('ada@example.org', @text, @now)",
            })
                await transaction.Connection!.ExecuteAsync(sql, given, transaction);
        }, CancellationToken.None);
        var key = (await service.Get<AccessKeys>().MakeAsync("browser", KeyScope.Read, CancellationToken.None)).Text;
        var cookie = (await LogInAsync(service, key)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var reader = $"/subscribers/{added.Subscriber!.Id}";
        var pages = new Dictionary<string, string>();
        foreach (var place in (string[])[.. Places, reader, reader + "/preview"])
        {
            var (_, page, answer) = await AskAsync(service, HttpMethod.Get, place, cookie);
            var (text, links) = StrictPage.Read(page);
            pages[place] = text;
            Assert.All(links, link => Assert.DoesNotContain("@", link, StringComparison.Ordinal));
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        }
        Assert.Contains(Hostile, pages[""], StringComparison.Ordinal);
        Assert.Contains("Active readers2", pages[""], StringComparison.Ordinal);
        Assert.Contains("ada@example.org", pages["/subscribers"], StringComparison.Ordinal);
        Assert.Contains("An issue with 1 paper was put off by the server", pages[reader], StringComparison.Ordinal);
        Assert.Contains("More graph networks", pages[reader + "/preview"], StringComparison.Ordinal);
        Assert.Contains("stands still until", pages["/deliveries"], StringComparison.Ordinal);
        Assert.Contains($"subscriber {added.Subscriber.Id}", pages["/mailbox"], StringComparison.Ordinal);

        var (_, mail, inset) = await AskAsync(service, HttpMethod.Get, reader + "/mail", cookie);
        Assert.DoesNotContain("<script", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sandbox", inset.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var (_, found, _) = await AskAsync(service, HttpMethod.Post, "/subscribers", cookie, new() { ["text"] = "BOB@", ["state"] = "active" });
        Assert.Contains("bob@example.org", found, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.org", found, StringComparison.Ordinal);
        (_, found, _) = await AskAsync(service, HttpMethod.Post, "/subscribers", cookie, new() { ["text"] = Hostile, ["state"] = Hostile, ["cursor"] = Hostile });
        Assert.Contains("ada@example.org", StrictPage.Read(found).Text, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> LogInAsync(RunningService service, string key, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/login") { Content = new FormUrlEncodedContent([new("key", key)]) };
        if (from is not null)
            request.Headers.Add("Sec-Fetch-Site", from);
        return await service.Operator.SendAsync(request);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, string place, string cookie) => (await AskAsync(service, HttpMethod.Get, place, cookie)).Status;

    private static async Task<(HttpStatusCode Status, string Page, HttpResponseMessage Answer)> AskAsync(RunningService service, HttpMethod method, string place, string cookie, Dictionary<string, string>? form = null)
    {
        using var request = new HttpRequestMessage(method, "/admin" + place) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        request.Headers.Add("Cookie", cookie);
        var answer = await service.Operator.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }
}
