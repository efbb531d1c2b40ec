using Dapper;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Learning;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Web;

/// <summary>
/// Whatever strangers wrote into the database, shown in a browser that heeds none of our policies: nothing runs, no element and no address is theirs.
/// </summary>
public sealed class StoredTextTests
{
    private const string Hostile = "<img src=x onerror=window.hit=1><script>window.hit=1</script>\"' onfocus=\"window.hit=1\" autofocus x=\"</textarea></title></option></pre><svg onload=window.hit=1>{{ 7 * 7 }}";

    private const string Theirs =
        """
        (() => {
          const found = window.hit ? ['it ran'] : [];
          for (const element of document.querySelectorAll('*')) {
            if (/^(script|img|image|object|embed|base|video|math)$/i.test(element.tagName)) found.push(element.outerHTML.slice(0, 100));
            for (const { name, value } of element.attributes)
              if (/^on|^srcdoc$|^autofocus$/.test(name) || (/^(href|src|action|formaction|xlink:href)$/.test(name) && !/^(https?|mailto):$/.test(new URL(value, location.href).protocol))) found.push(`${name}=${value}`);
          }
          return found.join(', ');
        })()
        """;

    [FactWith<BrowserPage>]
    public async Task Nothing_that_is_stored_runs_or_links_to_what_runs()
    {
        await using var room = await BrowserRoom.OpenAsync(Paper("2601.00011"), Paper("2601.00012"));
        var ada = (await room.FindAsync(BrowserRoom.Reader(0)))!.Id;
        await room.Service.Get<Subscriptions>().EditAsync(ada, new SubscriberDraft { Name = Hostile, Interests = $"graph networks\n\"{Hostile.Replace("\"", "", StringComparison.Ordinal)}\"\n{Hostile}", Cap = "1" }, CancellationToken.None);
        await room.Service.Get<Thumbs>().GiveAsync(ada, 4, more: true, [Hostile]);
        await FillAsync(room, ada);
        await room.Service.Get<PaperStore>().AddAsync("test", new Fetched([Paper("2601.00013", "2026-01-28"), Paper("2601.00014", "2026-01-28")], [], null), room.Clock.Now, CancellationToken.None);
        room.Clock.Now += TimeSpan.FromDays(1);
        await room.Service.Get<Digest.Worker.Issues.ComposeIssues>().RunAsync(CancellationToken.None);
        var issue = await room.Service.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select max(id) from issue where subscriber_id = @ada", new { ada }), CancellationToken.None);
        var own = await room.OwnAsync(BrowserRoom.Reader(0));
        await room.LogInAsync();
        await room.Page.IgnorePolicyAsync();

        string[] shown = ["/", "/2026-W05", "/p/2601.00011", "/search?q=graph%20networks", "/search?q=" + Uri.EscapeDataString(Hostile), "/subscribe?q=" + Uri.EscapeDataString(Hostile), "/subscribe?q=graph%20networks", own, $"{own}/issues/{issue}"];
        string[] operators = ["", "/subscribers", $"/subscribers/{ada}", $"/subscribers/{ada}/preview", $"/subscribers/{ada}/mail", "/deliveries", "/mailbox", "/sources"];
        foreach (var address in shown.Select(room.Site).Concat(operators.Select(path => room.Operators("/admin" + path))))
        {
            await room.Page.VisitAsync(address);
            await AssertOursAsync(room, address.PathAndQuery);
        }

        // What comes back with a form: its own fields, what it would bring and what examples propose.
        foreach (var act in (string[])["examples", "preview"])
            foreach (var path in (string[])["/subscribe", own])
            {
                await room.Page.VisitAsync(room.Site(path));
                await room.Page.FillAsync("#interests", "graph networks\n" + Hostile);
                await room.Page.FillAsync("#examples", $"arXiv:2601.00011\n@article{{x, title = {{{Hostile}}}, abstract = \"graph networks {Hostile}\"}}");
                await room.Page.PressAsync($"button[value={act}]");
                await AssertOursAsync(room, $"{act} at {path}");
            }

        // The check itself sees what it is for.
        await room.Page.EvaluateAsync($"document.querySelector('main').innerHTML = {System.Text.Json.JsonSerializer.Serialize(Hostile)}; ''");
        foreach (var theirs in new[] { "<img", "<script", "onerror=", "onload=" })
            Assert.Contains(theirs, await room.Page.EvaluateAsync(Theirs), StringComparison.Ordinal);
        await room.Page.UntilAsync("String(window.hit)", hit => hit == "1");
    }

    private static async Task AssertOursAsync(BrowserRoom room, string where)
    {
        Assert.True(await room.Page.EvaluateAsync(Theirs) is { Length: 0 }, $"{where}: {await room.Page.EvaluateAsync(Theirs)}");
        // What is not shown at all is not safe, only absent.
        Assert.True(await room.Page.EvaluateAsync("String(document.documentElement.textContent.includes('window.hit=1') || [...document.querySelectorAll('input, textarea')].some(one => one.value.includes('window.hit=1')))") == "true", $"{where} shows nothing of it");
    }

    private static PaperEntry Paper(string id, string day = "2026-01-26") => SiteRoom.Paper(id, "Graph networks " + Hostile, day, votes: 99, text: "Graph networks. " + Hostile) with
    {
        Authors = [Hostile, "\"onfocus=\"window.hit=1"],
        Categories = ["cs.LG", Hostile, "<b>"],
        Url = "javascript:window.hit=1",
        Pdf = "https://x.example/\"onfocus=\"window.hit=1\"autofocus",
        Code = "data:text/html,<script>window.hit=1</script>",
    };

    private static Task FillAsync(BrowserRoom room, long ada) => room.Service.Database.WriteAsync(async transaction =>
    {
        var given = new { ada, text = Hostile, now = "2026-01-28T08:00:00.000Z" };
        foreach (var sql in new[]
        {
            "update paper set source = @text, doi = @text, comment = @text where id > 3",
            "update outbox set state = 'deferred', answer = @text where subscriber_id = @ada",
            "insert into inbound (mail_key, received_at, kind, decision, effect, subscriber_id, reference) values ('k', @now, @text, @text, 'unclear', @ada, @text)",
            "insert into bounce (subscriber_id, day, severity, reason, status, counts, domain, created_at) values (@ada, '2026-01-28', 'soft', @text, @text, 1, @text, @now)",
            "insert into alarm (key, sentence, remedy, detail, since, told_at) values (@text, @text, @text, @text, @now, @now)",
            "insert into batch (source, day, state, counts, announced, detail, checked_at) values (@text, '2026-01-28', 'failed', '[]', 0, @text, @now)",
            "insert into delivery_pause (scope, reason, since, until) values (@text, @text, @now, '2027-01-01T00:00:00.000Z')",
        })
            await transaction.Connection!.ExecuteAsync(sql, given, transaction);
    }, CancellationToken.None);
}
